import { expect, it } from "vitest";
import { reachableAddress } from "./reachable-address";

const common = { netmask: "", mac: "", cidr: null };
const loopback = { ...common, address: "127.0.0.1", family: "IPv4", internal: true } as const;
const v6 = { ...common, address: "fd00::7", family: "IPv6", internal: false, scopeid: 0 } as const;
const v4 = { ...common, address: "10.0.0.7", family: "IPv4", internal: false } as const;

it.each([
  ["10.0.0.9", { lo: [loopback] }, "ws://10.0.0.9:8080"],
  ["127.0.0.1", { eth0: [v4] }, "ws://127.0.0.1:8080"],
  ["0.0.0.0", { lo: [loopback], eth0: [v6, v4] }, "ws://10.0.0.7:8080"],
  ["::", { lo: [loopback], eth0: [v6] }, "ws://[fd00::7]:8080"],
  ["0.0.0.0", { lo: [loopback] }, "ws://127.0.0.1:8080"],
])("a server on %s is reached at its address", (host, interfaces, address) => {
  expect(reachableAddress("ws", host, 8080, interfaces)).toBe(address);
});
