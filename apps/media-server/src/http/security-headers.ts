/**
 * Security headers of every response: pages may load from and connect to their own server and use
 * the microphone. A room's URL is its key, so it must never leave in a referrer.
 *
 * @param otherServers sources of further servers that pages connect to, such as `https:`
 */
export function securityHeaders(otherServers: readonly string[]): Record<string, string> {
  return { ...common, "content-security-policy": policy(otherServers) };
}

function policy(otherServers: readonly string[]): string {
  return [
    "default-src 'self'",
    "script-src 'self' 'wasm-unsafe-eval'",
    "style-src 'self' 'unsafe-inline'",
    "img-src 'self' data: blob:",
    "font-src 'self' data:",
    "media-src 'self' blob: mediastream:",
    // Covers WebSockets of this host, too (CSP 3, 6.7.2.8): other servers are talked to in a fleet alone.
    ["connect-src 'self'", ...otherServers].join(" "),
    "worker-src 'self' blob:",
    "object-src 'none'",
    "base-uri 'self'",
    "form-action 'self'",
    "frame-ancestors 'none'",
  ].join("; ");
}

const common = {
  "cross-origin-opener-policy": "same-origin",
  "permissions-policy": "microphone=(self), camera=(), geolocation=()",
  "referrer-policy": "no-referrer",
  "x-content-type-options": "nosniff",
};
