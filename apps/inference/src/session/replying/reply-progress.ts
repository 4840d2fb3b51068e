import type { ReplyId, TurnId } from "@parley/shared/protocol/ids";
import type { ChatFailureReason, TokenUsage } from "../../contracts/chat-model";
import type { ClauseSpan } from "./heard-text";
import type { ReplyRequest } from "./reply-request";

/** Progress of one reply that has the floor, finer than the notices about it. */
export type ReplyStep = { readonly replyId: ReplyId } & (
  | {
      /** It has the floor; told again when it had lost it before its first sound. */
      readonly type: "released";
      readonly turnId: TurnId | null;
      /** Request that it answers; null when the agent answers of its own accord. */
      readonly request: ReplyRequest | null;
    }
  /** Clauses whose sound is being made, all so far, before that sound is sent. */
  | { readonly type: "clauses"; readonly spans: readonly ClauseSpan[] }
  /** The chat model calls a tool of the client's; the reply ends there. */
  | { readonly type: "tool-called"; readonly name: string; readonly input: unknown }
  /** Tokens of the chat model, as its server counts them. */
  | { readonly type: "usage"; readonly usage: TokenUsage }
  /** It has taken all the tokens that it may: it ends where it is. */
  | { readonly type: "limited" }
  | { readonly type: "failed"; readonly reason: ChatFailureReason | null }
  /** It ended without a sound, or was withdrawn before one. */
  | { readonly type: "over" }
);
