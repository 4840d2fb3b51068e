import { networkInterfaces } from "node:os";

const everyAddress = ["0.0.0.0", "::"];

/**
 * The address at which others reach a server that listens on `host`: that address, or the
 * machine's first one in a network where it listens on all of them.
 */
export function reachableAddress(
  scheme: "ws" | "http" | "https",
  host: string,
  port: number,
  interfaces: ReturnType<typeof networkInterfaces> = networkInterfaces(),
): string {
  const name = everyAddress.includes(host) ? (firstAddress(interfaces) ?? "127.0.0.1") : host;
  return `${scheme}://${name.includes(":") ? `[${name}]` : name}:${port}`;
}

function firstAddress(interfaces: ReturnType<typeof networkInterfaces>): string | undefined {
  const addresses = Object.values(interfaces).flatMap((list) => list ?? []);
  const outward = addresses.filter(({ internal }) => !internal);
  const first = outward.find(({ family }) => family === "IPv4") ?? outward[0];
  return first?.address;
}
