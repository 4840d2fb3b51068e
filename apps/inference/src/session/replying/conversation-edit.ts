import type { ReplyId } from "@parley/shared/protocol/ids";

/** A line that is put into the conversation; a tool's says what was asked and what came of it. */
export type GivenLine = {
  readonly id: string;
  readonly role: "user" | "assistant" | "system" | "tool";
  readonly text: string;
};

/** Change of the conversation from outside: nobody is asked anything by it. */
export type ConversationEdit =
  /** @param afterId the line before it; null for the first place, absent for the last */
  | { type: "line-added"; line: GivenLine; afterId?: string | null }
  | { type: "line-removed"; lineId: string }
  /** What was heard of a reply, as whoever heard it says. */
  | { type: "reply-corrected"; replyId: ReplyId; text: string; isInterrupted: boolean };
