import { documented } from "@parley/api-document/operation";
import type { EmbedAccess } from "@parley/shared/protocol/embed-api";
import type { FastifyInstance } from "fastify";
import { readEmbedAccess } from "../operations/server-operations";

/** Page with the conversation that the talk button opens in a frame. */
const embedPage = /^\/embed(\/|$|\?)/;

/** Whether a URL leads to the page that others may show in a frame. */
export function isEmbedPage(url: string): boolean {
  return embedPage.test(url);
}

/**
 * `GET /api/embed`: whether the asking page may embed the talk button. Every page may ask, since a
 * frame that the browser refuses says nothing to the page around it.
 */
export function addEmbedRoute(server: FastifyInstance, embedOrigins: readonly string[]): void {
  server.get("/api/embed", documented(readEmbedAccess), (request, reply): EmbedAccess => {
    const { origin = null, host } = request.headers;
    reply.headers({
      "access-control-allow-origin": "*",
      "cache-control": "no-store",
    });
    const isOwn = origin === null || (URL.canParse(origin) && new URL(origin).host === host);
    return { origin, isAllowed: isOwn || embedOrigins.includes(origin) };
  });
}
