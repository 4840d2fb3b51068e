import type { IncomingMessage } from "node:http";
import proxyAddress from "@fastify/proxy-addr";

/** Whether the address at a hop, counted from this server on, is one of the operator's proxies. */
export type ProxyTrust = (address: string, hop: number) => boolean;

/**
 * The operator's reverse proxies.
 *
 * @param proxies how many there are one behind the other, or their addresses and networks (CIDR)
 */
export function proxyTrust(proxies: number | readonly string[]): ProxyTrust {
  if (typeof proxies === "number") return (_address, hop) => hop < proxies;
  return proxyAddress.compile([...proxies]);
}

/** The client's address: the first, from this server on, that is no proxy of the operator's. */
export function clientAddress(
  request: Pick<IncomingMessage, "headers" | "socket">,
  isTrusted: ProxyTrust,
): string {
  return proxyAddress(request as IncomingMessage, isTrusted);
}
