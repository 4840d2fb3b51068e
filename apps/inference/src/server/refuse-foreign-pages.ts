import { isForeignPage } from "@parley/admission/page-request";
import { AppError } from "@parley/shared/errors";
import type { FastifyInstance } from "fastify";
import { toOpenAiError } from "./openai-error";

/** Refuses requests that web pages of other sites make in somebody's browser. */
export function refuseForeignPages(http: FastifyInstance, pageOrigins: readonly string[]): void {
  http.addHook("onRequest", async (request, reply) => {
    if (!isForeignPage(request.headers, pageOrigins)) return;
    const message = `Pages of ${request.headers.origin ?? "other sites"} may not use this server; INFERENCE_ORIGINS allows them.`;
    await reply.code(403).send(toOpenAiError(new AppError("invalid-request", message)).body);
  });
}
