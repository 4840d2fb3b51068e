import type { IncomingMessage } from "node:http";
import { expect, test } from "vitest";
import { clientAddress, proxyTrust } from "./client-address";

function requestOf(remoteAddress: string, forwarded?: string) {
  const headers = forwarded === undefined ? {} : { "x-forwarded-for": forwarded };
  return { headers, socket: { remoteAddress } } as unknown as IncomingMessage;
}

test.each([
  ["nobody is believed", 0, "10.0.0.1", "1.2.3.4", "10.0.0.1"],
  ["one proxy's word", 1, "10.0.0.1", "1.2.3.4", "1.2.3.4"],
  ["one proxy's word, not the client's", 1, "10.0.0.1", "6.6.6.6, 1.2.3.4", "1.2.3.4"],
  ["two proxies", 2, "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"],
  ["networks", ["10.0.0.0/8"], "10.0.0.1", "6.6.6.6, 1.2.3.4, 10.0.0.2", "1.2.3.4"],
  ["a stranger who names a network", ["10.0.0.0/8"], "5.5.5.5", "10.0.0.2", "5.5.5.5"],
])("%s", (_, proxies, remote, forwarded, client) => {
  expect(clientAddress(requestOf(remote, forwarded), proxyTrust(proxies))).toBe(client);
});
