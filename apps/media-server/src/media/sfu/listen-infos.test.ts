import { expect, test } from "vitest";
import { listenInfos } from "./listen-infos";

const given = { port: 0, listenIps: [], announcedAddresses: [] };

test("by default it listens on loopback and the local network, on any free port", () => {
  const infos = listenInfos(given);
  expect(infos).toContainEqual({ protocol: "udp", ip: "127.0.0.1" });
  expect(infos).toContainEqual({ protocol: "tcp", ip: "127.0.0.1" });
  expect(infos.length).toBeLessThanOrEqual(16);
  // A link-local address means nothing without its interface.
  expect(infos.filter(({ ip }) => /^fe80|^169\.254/.test(ip))).toEqual([]);
});

test("an announced address listens on every interface", () => {
  const announcedAddresses = ["talk.example"];
  const infos = listenInfos({ ...given, port: 44_444, announcedAddresses });
  const rest = { ip: "0.0.0.0", announcedAddress: "talk.example", port: 44_444 };
  expect(infos).toEqual([
    { protocol: "udp", ...rest },
    { protocol: "tcp", ...rest },
  ]);
});

test("announced addresses of both families listen side by side", () => {
  const announcedAddresses = ["192.0.2.10", "2001:db8::10", "192.0.2.11"];
  const infos = listenInfos({ ...given, port: 44_444, announcedAddresses });
  expect(infos.filter(({ protocol }) => protocol === "udp")).toEqual([
    { protocol: "udp", ip: "0.0.0.0", announcedAddress: "192.0.2.10", port: 44_444 },
    {
      protocol: "udp",
      ip: "::",
      announcedAddress: "2001:db8::10",
      port: 44_444,
      flags: { ipv6Only: true },
    },
  ]);
});

test("chosen addresses replace the local ones, and are announced by those of their family", () => {
  const infos = listenInfos({ ...given, listenIps: ["10.0.0.7"] });
  expect(infos.map(({ ip }) => ip)).toEqual(["10.0.0.7", "10.0.0.7"]);
  const both = listenInfos({
    ...given,
    listenIps: ["10.0.0.7", "fd00::7"],
    announcedAddresses: ["192.0.2.10"],
  });
  expect(both.map(({ ip, announcedAddress }) => [ip, announcedAddress])).toEqual([
    ["10.0.0.7", "192.0.2.10"],
    ["10.0.0.7", "192.0.2.10"],
    ["fd00::7", undefined],
    ["fd00::7", undefined],
  ]);
});
