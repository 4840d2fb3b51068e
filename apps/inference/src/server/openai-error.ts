import { AppError, toWireError, type ErrorCode } from "@parley/shared/errors";

/** An error as OpenAI's clients read it. */
export type OpenAiError = { error: { message: string; type: string; code: ErrorCode } };

const statuses: Partial<Record<ErrorCode, number>> = {
  "invalid-request": 400,
  "audio-unsupported": 400,
  "frame-too-large": 413,
  "too-many-requests": 429,
  "at-capacity": 503,
  "agent-unavailable": 503,
};

/** When to try again: a sentence or two of somebody else's are over by then. */
const retrySeconds = 5;

/** What anything thrown is to a client of the HTTP endpoints; the text of our own faults stays here. */
export function toOpenAiError(error: unknown): {
  status: number;
  body: OpenAiError;
  /** Null when it would be no use. */
  retryAfterSeconds: number | null;
} {
  const known = fromFastify(error);
  const { message, code } = toWireError(known);
  const status = statuses[code] ?? 500;
  const type = status < 500 ? "invalid_request_error" : "server_error";
  const retryAfterSeconds = status === 429 || status === 503 ? retrySeconds : null;
  return { status, body: { error: { message, type, code } }, retryAfterSeconds };
}

/** Fastify and its plugins say with a status whose fault it was. */
function fromFastify(error: unknown): unknown {
  if (error instanceof AppError || !(error instanceof Error) || !("statusCode" in error)) {
    return error;
  }
  const { statusCode, message } = error;
  if (typeof statusCode !== "number" || statusCode < 400 || statusCode >= 500) return error;
  return new AppError(statusCode === 413 ? "frame-too-large" : "invalid-request", message);
}
