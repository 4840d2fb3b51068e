import type { ServerResponse } from "node:http";
import type { FastifyInstance } from "fastify";
import { AppError } from "@parley/shared/errors";
import { toOpenAiError } from "./openai-error";

/**
 * Answers requests that no route serves, and those that fail before their route, in the form of
 * OpenAI's errors, which its clients show to people.
 */
export function answerUnknownPaths(http: FastifyInstance): void {
  // Before the body is read, whose type may be one that nobody reads here.
  http.addHook("onRequest", async (request, reply) => {
    if (!request.is404) return;
    const [path = ""] = request.url.split("?", 1);
    const message = `Invalid URL (${request.method} ${path.slice(0, 200)})`;
    const { status, body } = toOpenAiError(new AppError("not-found", message));
    request.raw.resume();
    await reply.code(status).send(body);
  });
  http.setErrorHandler((error, _request, reply) => {
    const { status, body, retryAfterSeconds } = toOpenAiError(error);
    if (retryAfterSeconds !== null) void reply.header("retry-after", retryAfterSeconds);
    return reply.code(status).send(body);
  });
}

/** Answers a request before it has a route: its address has bytes that are no text. */
export function answerUnreadableAddress(
  error: Error,
  _request: unknown,
  { raw }: { raw: ServerResponse },
): void {
  const { status, body } = toOpenAiError(error);
  raw.writeHead(status, { "content-type": "application/json; charset=utf-8" });
  raw.end(JSON.stringify(body));
}
