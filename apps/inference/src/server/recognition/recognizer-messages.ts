import { AppError, type ErrorCode, toWireError } from "@parley/shared/errors";
import { z } from "zod";
import { type CloseCode, closeCodes } from "../close-codes";

/**
 * Text messages of a client; `end` is a synonym of `reset`. As at the reference server, any value of
 * `finalize` counts by its truthiness, so that a malformed one is answered all the same.
 */
const requestSchema = z.object({
  type: z.enum(["reset", "end"]),
  finalize: z.unknown().default(true).transform(Boolean),
});
export type RecognizerRequest = z.infer<typeof requestSchema>;

/**
 * Messages of the server. Errors have a `code` for programs and a `message` for people; `behind_ms`
 * is there only when the recogniser lags.
 */
export type RecognizerNotice =
  | { type: "ready" }
  | { type: "transcript"; text: string; is_final: false; behind_ms?: number }
  | { type: "transcript"; text: string; is_final: true; finalize: boolean }
  | { type: "error"; message: string; code: ErrorCode };

/** @returns null for any other message, which is ignored as at the reference server */
export function readRecognizerRequest(text: string): RecognizerRequest | null {
  try {
    return requestSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

export function errorNotice(error: unknown): RecognizerNotice {
  const { message, code } = toWireError(error);
  return { type: "error", message, code };
}

/** The WebSocket close code that goes with an error. */
export function closeCodeFor(error: unknown): CloseCode {
  if (!(error instanceof AppError)) return closeCodes.internalError;
  if (error.isRetryable || error.code === "at-capacity") return closeCodes.tryAgainLater;
  return error.code === "frame-too-large" ? closeCodes.messageTooBig : closeCodes.internalError;
}
