import type { FastifyInstance } from "fastify";

/** What a page may read of an answer besides the usual headers. */
const exposedHeaders = "retry-after, x-channels, x-parley-warning, x-sample-rate";
/** How long a browser need not ask again, in seconds: Chromium keeps an answer no longer. */
const permissionSeconds = 7_200;

/**
 * Lets browsers hand answers to the pages that may use this server (CORS,
 * https://fetch.spec.whatwg.org/#http-cors-protocol). Other pages are refused before.
 */
export function answerPages(http: FastifyInstance, pageOrigins: readonly string[]): void {
  http.addHook("onRequest", async (request, reply) => {
    const { origin, "access-control-request-headers": asked } = request.headers;
    if (origin === undefined || !pageOrigins.includes(origin)) return;
    // On the raw response, since streamed answers write their heads themselves.
    const { raw } = reply;
    raw.setHeader("access-control-allow-origin", origin);
    raw.setHeader("access-control-expose-headers", exposedHeaders);
    raw.setHeader("vary", "origin");
    const method = request.headers["access-control-request-method"];
    if (request.method !== "OPTIONS" || method === undefined) return;
    raw.setHeader("access-control-allow-methods", "GET, POST, OPTIONS");
    if (asked !== undefined) raw.setHeader("access-control-allow-headers", asked);
    if (request.headers["access-control-request-private-network"] !== undefined) {
      raw.setHeader("access-control-allow-private-network", "true");
    }
    raw.setHeader("access-control-max-age", permissionSeconds);
    await reply.code(204).send();
  });
}
