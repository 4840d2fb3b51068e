import { AppError, errorCodeSchema, type ErrorCode } from "@parley/shared/errors";
import { z } from "zod";

/** What the other machine may tell of a failure, in both of its forms. */
const wordsSchema = z.object({ message: z.string(), code: z.unknown().optional() });
const bodySchema = z.object({ error: wordsSchema });
export type RemoteWords = z.infer<typeof wordsSchema>;

const refusals = [401, 403];

/**
 * The voice there cannot be had, or stopped being had. What the server said stays the cause: people
 * hear of the host alone.
 */
export function unreachable(host: string, cause: unknown): AppError {
  const message = `The voice at ${host} cannot be reached${because(cause)}; see SYNTHESIZER_URL.`;
  return new AppError("agent-unavailable", message, { cause, isRetryable: true });
}

/** An answer with a status other than 200; `words` is the server's own account, if it gave one. */
export function badStatus(host: string, status: number, words?: RemoteWords): AppError {
  if (refusals.includes(status)) {
    const message = `The voice at ${host} refused the key (status ${status}); see SYNTHESIZER_API_KEY.`;
    return new AppError("agent-unavailable", message);
  }
  const isRetryable = status === 429 || status >= 500;
  const message = `The voice at ${host} failed (status ${status}).`;
  return new AppError(codeOf(words), message, { cause: words?.message, isRetryable });
}

/** A notice of failure on the WebSocket. */
export function badNotice(host: string, words: RemoteWords): AppError {
  const code = codeOf(words);
  const message = `The voice at ${host} failed (${code}).`;
  const isRetryable = code !== "invalid-request";
  return new AppError(code, message, { cause: words.message, isRetryable });
}

/** The connection ended with something still to be said. */
export function brokenOff(host: string, why: string, cause?: unknown): AppError {
  const message = `The voice at ${host} broke off (${why}).`;
  return new AppError("agent-unavailable", message, { cause, isRetryable: true });
}

export function tooSilent(host: string, limitMs: number): AppError {
  const message = `The voice at ${host} was silent for ${limitMs / 1_000} s.`;
  return new AppError("timeout", message, { isRetryable: true });
}

/** @returns what OpenAI's servers say of an error; undefined for any other body */
export function readErrorBody(text: string): RemoteWords | undefined {
  try {
    return bodySchema.safeParse(JSON.parse(text)).data?.error;
  } catch {
    return undefined;
  }
}

/** Another Parley's own code; what others write there means nothing here. */
function codeOf(words: RemoteWords | undefined): ErrorCode {
  return errorCodeSchema.safeParse(words?.code).data ?? "agent-unavailable";
}

function because(cause: unknown): string {
  const inner = cause instanceof Error ? (cause.cause ?? cause) : cause;
  const code = z.object({ code: z.string() }).safeParse(inner).data?.code;
  return code === undefined ? "" : ` (${code})`;
}
