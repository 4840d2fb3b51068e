import type { MemberId } from "@parley/shared/protocol/ids";
import type { AddressBook } from "./address-book";
import { addresseeOf } from "./addressing";
import type { FloorEffect } from "./floor-state";
import type { Turn } from "./hearing/turn";
import type { Conversation } from "./replying/conversation";
import type { ReplyContent } from "./replying/reply-clauses";
import type { ReplyRequest } from "./replying/reply-request";

/** What an answer is made of. */
export type AnswerParts = {
  readonly conversation: Conversation;
  readonly addressBook: AddressBook;
  readonly nameOf: (memberId: MemberId) => string;
};

/** What a reply says that is to be prepared. */
export function contentOf(
  { fixedText, pausing, request, isNudge }: Extract<FloorEffect, { type: "prepare-reply" }>,
  parts: AnswerParts,
): ReplyContent {
  if (fixedText === null) return answerContent(parts, pausing, request);
  return { type: "text", text: fixedText, ...(isNudge === true ? { isForgotten: true } : {}) };
}

/**
 * Content of a reply to the conversation as it stands.
 *
 * @param pausing turns whose words count as said, should their pauses turn out to be their ends
 * @param request of whoever opened the session; null for an answer of the agent's own accord
 */
function answerContent(
  parts: AnswerParts,
  pausing: readonly Turn[],
  request: ReplyRequest | null,
): ReplyContent {
  const { addressOf, areSeveralPresent: maySaySilence } = parts.addressBook;
  const tentative = pausing.map((turn) => ({
    name: parts.nameOf(turn.memberId),
    text: turn.text,
    addressee: addresseeOf(addressOf({ ...turn, turn })),
  }));
  const messages = parts.conversation.messages(tentative, request);
  return { type: "conversation", messages, maySaySilence, request };
}
