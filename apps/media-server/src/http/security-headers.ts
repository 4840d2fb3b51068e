/** Policy of pages, but for whom they connect to, and who may show them in a frame. */
const contentPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "media-src 'self' blob: mediastream:",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
];

/**
 * Security headers of every response: pages may load from and connect to their own server and use
 * the microphone. A room's URL is its key, so it must never leave in a referrer.
 *
 * @param sources.frameAncestors who may show the page in a frame, as sources of a policy; nobody by
 *   default
 * @param sources.otherServers sources of further servers that pages connect to, such as `https:`
 */
export function securityHeaders(
  sources: { frameAncestors?: readonly string[]; otherServers?: readonly string[] } = {},
): Record<string, string> {
  const { frameAncestors = ["'none'"], otherServers = [] } = sources;
  const policy = [
    ...contentPolicy,
    // Covers WebSockets of this host, too (CSP 3, 6.7.2.8): other servers are talked to in a fleet alone.
    ["connect-src 'self'", ...otherServers].join(" "),
    `frame-ancestors ${frameAncestors.join(" ")}`,
  ];
  return {
    "content-security-policy": policy.join("; "),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}
