import { BlockList, isIPv4, isIPv6 } from "node:net";

/** Addresses of IPv4 that are nobody's in the public network (IANA's special-purpose registry). */
const special = new BlockList();
for (const [network, bits] of [
  ["0.0.0.0", 8],
  ["10.0.0.0", 8],
  ["100.64.0.0", 10],
  ["127.0.0.0", 8],
  ["169.254.0.0", 16],
  ["172.16.0.0", 12],
  ["192.0.0.0", 24],
  ["192.0.2.0", 24],
  ["192.88.99.0", 24],
  ["192.168.0.0", 16],
  ["198.18.0.0", 15],
  ["198.51.100.0", 24],
  ["203.0.113.0", 24],
  ["224.0.0.0", 4],
  ["240.0.0.0", 4],
] as const) {
  special.addSubnet(network, bits, "ipv4");
}

/** The part of IPv6 that is given out, without what embeds or tunnels IPv4 and what is for examples. */
const given = new BlockList();
given.addSubnet("2000::", 3, "ipv6");
const tunnels = new BlockList();
for (const [network, bits] of [
  ["2001::", 23],
  ["2001:db8::", 32],
  ["2002::", 16],
  ["3fff::", 20],
] as const) {
  tunnels.addSubnet(network, bits, "ipv6");
}

/** True for an address of the public network, false for this machine, its own network and the like. */
export function isPublicAddress(address: string): boolean {
  if (isIPv4(address)) return !special.check(address, "ipv4");
  if (!isIPv6(address)) return false;
  return given.check(address, "ipv6") && !tunnels.check(address, "ipv6");
}
