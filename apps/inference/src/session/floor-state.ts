import type { AgentState } from "@parley/shared/protocol/agent-state";
import type { MemberId, TurnId } from "@parley/shared/protocol/ids";
import type { Address } from "./addressing";
import type { Aside } from "./asides";
import type { AudibleReply } from "./audible-reply";
import type { Turn, TurnChange } from "./hearing/turn";
import type { Question } from "./open-question";
import type { OpenTurns } from "./open-turns";
import type { ReplyRequest } from "./replying/reply-request";
import type { ReplyChange } from "./replying/reply-state";

/** The agent's reply, as far as the floor depends on it. One at a time. */
export type ReplyOnFloor =
  /** Unheard: it can be withdrawn without a word. It answers, as they stood, turns in a pause. */
  | { readonly phase: "prepared"; readonly pausing: OpenTurns }
  /** Some of it went out; `isHeard` once the pacer has put some of it on the wire. */
  | { readonly phase: "playing"; readonly isHeard: boolean; readonly isNudge?: boolean }
  /** Cut off, its end not yet confirmed. */
  | { readonly phase: "cancelling" };

/** Turn over the beginning of a reply that may go on with the turn that is answered. */
export type Continuation = { readonly turnId: TurnId; readonly earlier: Turn };

/** A reply that was cut off, and by which turn: that may turn out to have been nothing. */
export type CutReply = {
  readonly turnId: TurnId;
  /** The reply as people heard it then. */
  readonly audible: AudibleReply;
  /** Its text from the first word on that was not heard to its end; empty until it has ended. */
  readonly unheard: string;
};

/** Whose the floor is, and what is open. A snapshot: a step makes another. */
export type FloorState = {
  readonly turns: OpenTurns;
  readonly question: Question | null;
  readonly reply: ReplyOnFloor | null;
  /** The turn that the reply answers, once it has begun. */
  readonly answered: Turn | null;
  readonly continuation: Continuation | null;
  /** They stay asides when the reply ends before they do. */
  readonly asides: readonly Aside[];
  /** The turn that cut the last reply off. */
  readonly interrupter: TurnId | null;
  /** The reply that was cut off last; null once another begins. */
  readonly cut: CutReply | null;
  /** What the agent is to say of its own accord, as soon as nobody talks; oldest first. */
  readonly announcements: readonly string[];
  /** State that the room shows of the agent. */
  readonly agentState: AgentState;
};

export type FloorEvent =
  /** The agent may speak first, unless somebody else did. */
  | { type: "greeting-due"; text: string; isConversationEmpty: boolean }
  | { type: "turn-changed"; change: TurnChange; audible: AudibleReply | null }
  /** Typed text: asked at once, and it cuts the reply off; or left for later. */
  | { type: "message-typed"; memberId: MemberId; text: string; isLeft?: boolean }
  /** Typed text that was left for later is asked. */
  | { type: "typing-due" }
  /** Typed text stays without a reply, and people hear why. */
  | { type: "typing-refused"; text: string }
  /** A question to everybody: nobody else answered it. */
  | { type: "question-left" }
  /** A member asks for silence with a button. */
  | { type: "interrupt-requested" }
  /** `unheard` is the text that a reply that ended had left to say. */
  | { type: "reply-changed"; change: ReplyChange; unheard?: string }
  /** Whoever opened the session asks for an answer now. */
  | { type: "answer-asked"; request: ReplyRequest }
  /** The agent is to say something of its own accord. */
  | { type: "announcement-due"; text: string }
  /** Something came to the conversation that a reply in the making does not know. */
  | { type: "conversation-changed" }
  /** Nobody is left to hear a reply. */
  | { type: "room-emptied" };

export type FloorEffect =
  /** Publish the words so far. */
  | { type: "publish-partial"; turn: Turn }
  /** Publish the words of a turn that is over. */
  | { type: "publish-final"; turn: Turn }
  /** Take back what was published of the turn. */
  | { type: "retract"; turn: Turn }
  /** Add a member's line to the conversation that the chat model sees; to the agent by default. */
  | {
      type: "add-line";
      memberId: MemberId;
      text: string;
      address?: Address;
      /** By which the line is found again. */
      turnId?: TurnId;
    }
  /** The lines that await an answer have had it from somebody else. */
  | { type: "set-aside" }
  /** Take the member's line back: more of it is coming. */
  | { type: "take-back-line"; memberId: MemberId; text: string }
  /** Let the member's turn in hand go on with an earlier one. */
  | { type: "reopen-turn"; earlier: Turn }
  | { type: "set-agent-state"; state: AgentState }
  /**
   * Have a reply made, unheard: of the fixed text, or to the conversation as it stands with the
   * lines of the pausing turns. A prepared one that answers the same words stays; another is
   * withdrawn.
   */
  | {
      type: "prepare-reply";
      pausing: OpenTurns;
      fixedText: string | null;
      request: ReplyRequest | null;
      /** The conversation does not remember it. */
      isNudge?: boolean;
    }
  /** Drop the prepared reply. */
  | { type: "withdraw-reply" }
  /** Give the prepared reply the floor. */
  | { type: "release-reply"; answered: Turn | null }
  /** Take the floor back from a reply without sound yet. */
  | { type: "withhold-reply" }
  /** Let the pacer go on at low volume. */
  | { type: "duck-reply" }
  /** Let the pacer fade out and keep its position. */
  | { type: "hold-reply" }
  /** Let a ducked or held reply go on as before, once it has been silent for long enough. */
  | { type: "resume-reply"; silentSinceMs: number | null }
  /** Cut the reply off. */
  | { type: "cancel-reply" };

export type FloorStep = { state: FloorState; effects: readonly FloorEffect[] };

export const idleFloor: FloorState = {
  turns: [],
  question: null,
  reply: null,
  answered: null,
  continuation: null,
  asides: [],
  interrupter: null,
  cut: null,
  announcements: [],
  agentState: "listening",
};

/** Some of the reply went out: people hear it, are about to, or just did. */
export function hasBegun(reply: ReplyOnFloor | null): boolean {
  return reply !== null && reply.phase !== "prepared";
}

/** @returns when the line fell silent that the event is about, ms by our clock; null if it did not */
export function lineEndOf(event: FloorEvent): number | null {
  const turn = event.type === "turn-changed" ? event.change.turn : null;
  const isSilent = turn?.phase === "settled" || turn?.phase === "paused";
  return isSilent ? turn.silentSinceMs : null;
}
