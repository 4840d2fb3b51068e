import { isForeignPage } from "@parley/admission/page-request";
import { AppError } from "@parley/shared/errors";
import type { FastifyInstance } from "fastify";
import { openAiError } from "./openai-error";

/** What a page may read of an answer besides the usual headers. */
const exposedHeaders = "location, retry-after";
/** How long a browser need not ask again, in seconds: Chromium keeps an answer no longer. */
const permissionSeconds = 7_200;

/**
 * Lets pages of these origins in, and tells their browsers so (CORS); those of other sites are
 * refused. Programs pass.
 */
export function admitPages(http: FastifyInstance, pageOrigins: readonly string[]): void {
  http.addHook("onRequest", async (request, reply) => {
    const { headers, method } = request;
    if (isForeignPage(headers, pageOrigins)) {
      const message = `Pages of ${headers.origin ?? "other sites"} may not make calls here; INFERENCE_ORIGINS allows them.`;
      return reply.code(403).send(openAiError(new AppError("invalid-request", message)).body);
    }
    const { origin, "access-control-request-headers": asked } = headers;
    if (origin === undefined || !pageOrigins.includes(origin)) return;
    reply.headers({
      "access-control-allow-origin": origin,
      "access-control-expose-headers": exposedHeaders,
      vary: "origin",
    });
    if (method !== "OPTIONS") return;
    if (headers["access-control-request-private-network"] !== undefined) {
      reply.header("access-control-allow-private-network", "true");
    }
    return reply
      .code(204)
      .headers({
        "access-control-allow-methods": "POST, OPTIONS",
        "access-control-max-age": permissionSeconds,
        ...(asked === undefined ? {} : { "access-control-allow-headers": asked }),
      })
      .send();
  });
}
