import type { FastifyInstance } from "fastify";

/** What a page needs for a room: to create it, to describe it, and its transcript. */
const roomPaths = /^\/api\/rooms(\/[^/?]+(\/transcript)?)?(\?|$)/;
/** How long a browser need not ask again, in seconds: Chromium keeps an answer no longer. */
const permissionSeconds = 7_200;

/**
 * Lets browsers hand answers about rooms to the pages that may join them (CORS,
 * https://fetch.spec.whatwg.org/#http-cors-protocol). What belongs to the operator refuses other
 * pages by itself.
 */
export function answerPages(server: FastifyInstance, pageOrigins: readonly string[]): void {
  if (pageOrigins.length === 0) return;
  server.addHook("onRequest", async (request, reply) => {
    if (!roomPaths.test(request.url)) return;
    reply.header("vary", "origin");
    const { origin, "access-control-request-headers": asked } = request.headers;
    if (origin === undefined || !pageOrigins.includes(origin)) return;
    reply.header("access-control-allow-origin", origin);
    const method = request.headers["access-control-request-method"];
    if (request.method !== "OPTIONS" || method === undefined) return;
    reply.header("access-control-allow-methods", "GET, POST, OPTIONS");
    if (asked !== undefined) reply.header("access-control-allow-headers", asked);
    reply.header("access-control-max-age", permissionSeconds);
    await reply.code(204).send();
  });
}
