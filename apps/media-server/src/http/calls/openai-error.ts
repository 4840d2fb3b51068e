import { AppError, toWireError } from "@parley/shared/errors";
import { z } from "zod";
import { errorStatus } from "../error-status";

/** Error body of OpenAI's HTTP API. */
export const openAiErrorSchema = z.object({
  error: z.object({ message: z.string(), type: z.string(), param: z.null(), code: z.string() }),
});
export type OpenAiError = z.infer<typeof openAiErrorSchema>;

/** Maps a thrown value to an answer; the texts of internal errors are not sent. */
export function openAiError(error: unknown): { status: number; body: OpenAiError } {
  const { message, code } = toWireError(fromFastify(error));
  const status = errorStatus[code];
  const type = status < 500 ? "invalid_request_error" : "server_error";
  return { status, body: { error: { message, type, param: null, code } } };
}

/** Errors of Fastify carry a status; 4xx are the client's fault. */
function fromFastify(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !("statusCode" in error)) {
    return error;
  }
  const { statusCode, message } = error;
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode >= 500) return error;
  return new AppError(statusCode === 413 ? "frame-too-large" : "invalid-request", message);
}
