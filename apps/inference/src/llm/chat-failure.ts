import { AppError } from "@parley/shared/errors";
import type { ChatFailureReason } from "../contracts/chat-model";

/** Limit on what is kept of a server's own words, in characters. */
const maxDetail = 300;

const messages: Readonly<Record<ChatFailureReason, string>> = {
  unauthorised: "The chat model refused the key; see LLM_API_KEY.",
  "not-there": "The chat model cannot be reached; see LLM_BASE_URL and LLM_MODEL.",
  busy: "The chat model is busy.",
  "too-long": "The conversation is too long for the chat model.",
  silent: "The chat model is silent.",
  broken: "The chat model failed.",
};

/** A failed answer. The message is for people; the server's own words are for the log alone. */
export class ChatFailure extends AppError {
  readonly reason: ChatFailureReason;
  /** HTTP status; null where there was no answer, or where the failure came within one. */
  readonly status: number | null;
  /** What the server said, shortened. */
  readonly detail: string;
  /** Wait that the server asked for, in ms. */
  readonly retryAfterMs: number | null;

  constructor(
    reason: ChatFailureReason,
    options: {
      status?: number;
      detail?: string;
      retryAfterMs?: number | null;
      cause?: unknown;
    } = {},
  ) {
    super(reason === "silent" ? "timeout" : "agent-unavailable", messages[reason], {
      isRetryable: reason !== "unauthorised",
      ...("cause" in options ? { cause: options.cause } : {}),
    });
    this.name = "ChatFailure";
    this.reason = reason;
    this.status = options.status ?? null;
    this.detail = (options.detail ?? "").replace(/\s+/g, " ").trim().slice(0, maxDetail);
    this.retryAfterMs = options.retryAfterMs ?? null;
  }
}
