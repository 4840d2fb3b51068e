import { expect, test } from "vitest";
import { listenInfos } from "./listen-infos";

const given = { port: 0, listenIps: [], announcedAddress: null };

test("by default it listens on loopback and the local network, on any free port", () => {
  const infos = listenInfos(given);
  expect(infos).toContainEqual({ protocol: "udp", ip: "127.0.0.1" });
  expect(infos).toContainEqual({ protocol: "tcp", ip: "127.0.0.1" });
  expect(infos.length).toBeLessThanOrEqual(16);
});

test("an announced address listens on every interface", () => {
  const infos = listenInfos({ ...given, port: 44_444, announcedAddress: "talk.example" });
  const rest = { ip: "0.0.0.0", announcedAddress: "talk.example", port: 44_444 };
  expect(infos).toEqual([
    { protocol: "udp", ...rest },
    { protocol: "tcp", ...rest },
  ]);
});

test("chosen addresses replace the local ones", () => {
  const infos = listenInfos({ ...given, listenIps: ["10.0.0.7"] });
  expect(infos.map(({ ip }) => ip)).toEqual(["10.0.0.7", "10.0.0.7"]);
});
