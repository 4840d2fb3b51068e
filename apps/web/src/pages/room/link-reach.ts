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
  return isLocal(hostname) ? "network" : "everywhere";
}

function isLoopback(hostname: string): boolean {
  return /^(.+\.)?localhost$|^127\.|^\[::1\]$/.test(hostname);
}

/**
 * Addresses in numbers, and names without a public domain. A number that the whole world reaches has
 * no certificate that browsers know, either.
 */
function isLocal(hostname: string): boolean {
  const isNumber = /^[\d.]+$|^\[/.test(hostname);
  return isNumber || !hostname.includes(".") || /\.(local|lan)$/.test(hostname);
}
