import type { IncomingMessage } from "node:http";
import { bearerKey } from "@parley/admission/bearer-key";

const keyProtocol = "openai-insecure-api-key.";
const betaProtocol = "openai-beta.realtime-v1";

type Handshake = Pick<IncomingMessage, "headers">;

/** Key of a handshake: in a header, or among the subprotocols, where pages have to put it. */
export function presentedKey({ headers }: Handshake): string | null {
  const ofProtocol = protocolsOf(headers)
    .find((protocol) => protocol.startsWith(keyProtocol))
    ?.slice(keyProtocol.length);
  return bearerKey(headers) ?? ofProtocol ?? null;
}

/** The client speaks the API as it was before its general availability. */
export function speaksBeta({ headers }: Handshake): boolean {
  const asked = [headers["openai-beta"] ?? ""].flat().join(",");
  return /\brealtime=v1\b/u.test(asked) || protocolsOf(headers).includes(betaProtocol);
}

function protocolsOf(headers: IncomingMessage["headers"]): string[] {
  const { "sec-websocket-protocol": protocols = "" } = headers;
  return protocols.split(",").map((protocol) => protocol.trim());
}
