import { AppError, errorCodeSchema, toWireError, type ErrorCode } from "@parley/shared/errors";
import { z } from "zod";

/** Error body of OpenAI's HTTP API. */
export const openAiErrorSchema = z.object({
  error: z.object({
    message: z.string(),
    type: z.string(),
    param: z.null(),
    code: errorCodeSchema,
  }),
});
export type OpenAiError = z.infer<typeof openAiErrorSchema>;

const statuses: Partial<Record<ErrorCode, number>> = {
  "invalid-request": 400,
  "operator-only": 403,
  "not-found": 404,
  "audio-unsupported": 400,
  "frame-too-large": 413,
  "too-many-requests": 429,
  "at-capacity": 503,
  "agent-unavailable": 503,
};

/** `Retry-After` in seconds: long enough for another client's sentence or two to end. */
const retrySeconds = 5;

/** Maps a thrown value to an HTTP answer; the texts of internal errors are not sent. */
export function toOpenAiError(error: unknown): {
  status: number;
  body: OpenAiError;
  /** Null when a retry would not help. */
  retryAfterSeconds: number | null;
} {
  const known = fromFastify(error);
  const { message, code } = toWireError(known);
  const status = statuses[code] ?? 500;
  const type = status < 500 ? "invalid_request_error" : "server_error";
  const retryAfterSeconds = status === 429 || status === 503 ? retrySeconds : null;
  return { status, body: { error: { message, type, param: null, code } }, retryAfterSeconds };
}

/** Errors of Fastify and its plugins carry a status; 4xx are the client's fault. */
function fromFastify(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !("statusCode" in error)) {
    return error;
  }
  const { statusCode, message } = error;
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode >= 500) return error;
  return new AppError(statusCode === 413 ? "frame-too-large" : "invalid-request", message);
}
