import { expect, it } from "vitest";
import { describeRoutes, mediaRoutes } from "./media-route";

it("names each address once, with its protocols", () => {
  const candidates = [
    { ip: "10.0.0.7", address: "10.0.0.7", port: 44_444, protocol: "udp", type: "host" },
    { ip: "10.0.0.7", address: "10.0.0.7", port: 44_444, protocol: "tcp", type: "host" },
    { ip: "2001:db8::1", port: 44_445, protocol: "udp" },
    { nonsense: true },
    null,
  ];
  expect(describeRoutes(mediaRoutes(candidates))).toBe(
    "10.0.0.7, UDP and TCP port 44444 or 2001:db8::1, UDP port 44445",
  );
});
