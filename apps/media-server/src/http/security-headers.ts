/** Policy of pages, but for who may show them in a frame. */
const contentPolicy = [
  "default-src 'self'",
  "script-src 'self' 'wasm-unsafe-eval'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self' data:",
  "media-src 'self' blob: mediastream:",
  // Covers WebSockets of this host, too (CSP 3, 6.7.2.8): no other server is ever talked to.
  "connect-src 'self'",
  "worker-src 'self' blob:",
  "object-src 'none'",
  "base-uri 'self'",
  "form-action 'self'",
];

/**
 * Security headers of every response: pages may load from and connect to their own server and use
 * the microphone. A room's URL is its key, so it must never leave in a referrer.
 *
 * @param frameAncestors who may show the page in a frame, as sources of a policy; nobody by default
 */
export function securityHeaders(
  frameAncestors: readonly string[] = ["'none'"],
): Record<string, string> {
  const policy = [...contentPolicy, `frame-ancestors ${frameAncestors.join(" ")}`];
  return {
    "content-security-policy": policy.join("; "),
    "cross-origin-opener-policy": "same-origin",
    "permissions-policy": "microphone=(self), camera=(), geolocation=()",
    "referrer-policy": "no-referrer",
    "x-content-type-options": "nosniff",
  };
}
