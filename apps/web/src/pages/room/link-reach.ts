/** How far a link to a room leads. */
export type LinkReach =
  /** To everybody. */
  | "everywhere"
  /** To machines of the same network. */
  | "network"
  /** To this computer only. */
  | "computer"
  /** To others, but by plain HTTP: their browsers give out no microphone. */
  | "without-microphone";

/** @param origin of the link, such as `https://192.168.1.20:7860` */
export function linkReach(origin: string): LinkReach {
  const { hostname, protocol } = new URL(origin);
  if (isLoopback(hostname)) return "computer";
  if (protocol !== "https:") return "without-microphone";
  return isPrivate(hostname) ? "network" : "everywhere";
}

function isLoopback(hostname: string): boolean {
  return /^(.+\.)?localhost$|^127\.|^\[::1\]$/.test(hostname);
}

/** Private and link-local addresses (RFC 1918, 3927, 4193), and names without a public domain. */
function isPrivate(hostname: string): boolean {
  const address = /^(10|192\.168|169\.254|172\.(1[6-9]|2\d|3[01]))\.|^\[f[cde]/;
  return address.test(hostname) || !hostname.includes(".") || /\.(local|lan)$/.test(hostname);
}
