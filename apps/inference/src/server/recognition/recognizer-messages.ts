import { AppError, type ErrorCode, toWireError } from "@parley/shared/errors";
import type { Recognition } from "@parley/speech/contracts/recognizer";
import { z } from "zod";
import { type CloseCode, closeCodes } from "../close-codes";

/**
 * Text messages of a client; `end` is a synonym of `reset`. As at the reference server, any value of
 * `finalize` counts by its truthiness, so that a malformed one is answered all the same.
 */
const resetSchema = z.object({
  type: z.enum(["reset", "end"]),
  finalize: z.unknown().default(true).transform(Boolean),
  /** Settled words with their times, also from a copy; of clients that asked for extensions. */
  settle: z.unknown().default(false).transform(Boolean),
});
const maxPhrases = 500;
const phrasesSchema = z.object({
  type: z.literal("phrases"),
  phrases: z.array(z.string().max(200)).max(maxPhrases),
});
const requestSchema = z.union([resetSchema, phrasesSchema]);
export type RecognizerRequest = z.infer<typeof requestSchema>;

/** A client's header that asks for what goes beyond the reference server's protocol. */
export const extensionsHeader = "x-parley-extensions";
export const extensions: readonly string[] = ["settle", "phrases"];

type SettledTimes = Pick<Recognition, "tokens" | "words">;

/**
 * Messages of the server. Errors have a `code` for programs and a `message` for people; `behind_ms`
 * is there only when the recogniser lags.
 */
export type RecognizerNotice =
  | { type: "ready" }
  | { type: "ready"; features: readonly string[]; engine: string; doubtful_below?: number }
  | { type: "transcript"; text: string; is_final: false; behind_ms?: number }
  | ({
      type: "transcript";
      text: string;
      is_final: true;
      finalize: boolean;
    } & Partial<SettledTimes>)
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
