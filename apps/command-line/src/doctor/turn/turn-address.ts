/** Where and how a TURN server is spoken to. */
export type TurnAddress = { host: string; port: number; transport: "udp" | "tcp" | "tls" };

/** Reads `turn:` and `turns:` addresses (RFC 7065); null for what is none, or DTLS, which is not tried. */
export function readTurnAddress(url: string): TurnAddress | null {
  const parts = /^(turns?):(?:\[([^\]]+)\]|([^:?]+))(?::(\d+))?(?:\?transport=(udp|tcp))?$/iu.exec(
    url,
  );
  if (parts === null) return null;
  const [, scheme = "", ipv6, name = "", port, transport] = parts;
  const isSecure = scheme.toLowerCase() === "turns";
  const chosen = (transport ?? (isSecure ? "tcp" : "udp")).toLowerCase();
  if (isSecure && chosen === "udp") return null;
  return {
    host: ipv6 ?? name,
    port: port === undefined ? (isSecure ? 5_349 : 3_478) : Number(port),
    transport: isSecure ? "tls" : chosen === "tcp" ? "tcp" : "udp",
  };
}
