import { AppError, type ErrorCode, toWireError } from "@parley/shared/errors";
import { z } from "zod";

/**
 * What a client may say in text; `end` means the same as `reset`. As at the reference server, any
 * `finalize` counts by its truth: whoever asked for the words is never left without an answer.
 */
const requestSchema = z.object({
  type: z.enum(["reset", "end"]),
  finalize: z.unknown().default(true).transform(Boolean),
});
export type RecognizerRequest = z.infer<typeof requestSchema>;

/**
 * What the server says. `code` tells programs what `message` tells people; `behind_ms` is there only
 * when the recogniser lags.
 */
export type RecognizerNotice =
  | { type: "ready" }
  | { type: "transcript"; text: string; is_final: false; behind_ms?: number }
  | { type: "transcript"; text: string; is_final: true; finalize: boolean }
  | { type: "error"; message: string; code: ErrorCode };

/** @returns null for what is no request: it is ignored, as the reference server does */
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

/** WebSocket close codes: policy violation, message too big, internal error, try again later. */
export function closeCodeFor(error: unknown): number {
  if (!(error instanceof AppError)) return 1011;
  if (error.isRetryable || error.code === "at-capacity") return 1013;
  if (error.code === "frame-too-large") return 1009;
  return error.code === "too-many-requests" ? 1008 : 1011;
}
