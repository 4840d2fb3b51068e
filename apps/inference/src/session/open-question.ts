import type { MemberId } from "@parley/shared/protocol/ids";
import type { Address } from "./addressing";
import type { Turn } from "./hearing/turn";
import type { ReplyRequest } from "./replying/reply-request";

/** The open question that the next reply answers. */
export type Question = {
  /** The turn that asked last; null for typed text and greetings. */
  readonly turn: Turn | null;
  /** Text said instead of asking the chat model. */
  readonly fixedText: string | null;
  /** Asked of everybody: the agent waits whether somebody else answers. */
  readonly isOffered?: true;
  readonly askedBy?: MemberId;
  /** It only asks whoever pauses to go on, and their turn stays open. */
  readonly isNudge?: true;
  /** An answer was asked for, whoever speaks. */
  readonly request?: ReplyRequest;
};

/** @returns the open question once the line is said */
export function questionAfter(
  question: Question | null,
  { memberId, turn }: { readonly memberId: MemberId; readonly turn: Turn | null },
  address: Address,
): Question | null {
  switch (address.to) {
    case "agent":
      return { turn, fixedText: null };
    case "everyone": {
      // Two who ask at once get one reply, as soon as either of them may have it.
      const isDue = question !== null && question.isOffered !== true;
      const offered: Question = { turn, fixedText: null, isOffered: true, askedBy: memberId };
      return isDue ? question : offered;
    }
    case "member":
      return isAnsweredBy(question, address.memberId) ? null : question;
    case "nobody":
      return question;
  }
}

/** An answer to the person who asked everybody: the agent's is not wanted any more. */
export function isAnsweredBy(question: Question | null, answered: MemberId): boolean {
  return question?.isOffered === true && question.askedBy === answered;
}

/** @returns the question, which nobody else answered */
export function takenUp(question: Question | null): Question | null {
  return question === null ? null : { turn: question.turn, fixedText: question.fixedText };
}
