import type { ChatMessage } from "../../contracts/chat-model";
import type { ClientTools } from "../../contracts/tool";

/** Particulars of one reply that is asked for; what is absent is the session's. */
export type ReplyRequest = {
  readonly instructions?: string;
  readonly voice?: string;
  readonly isWritten?: boolean;
  /** Null for no limit. */
  readonly maxTokens?: number | null;
  readonly clientTools?: ClientTools;
  /** Messages that are answered in place of the conversation, without the system prompt. */
  readonly messages?: readonly ChatMessage[];
  /** The conversation does not remember the reply. */
  readonly isForgotten?: boolean;
};
