import type { MemberId, TurnId } from "@parley/shared/protocol/ids";

/** Words that a member is saying, or just said. A snapshot: a change makes another. */
export type Turn = {
  readonly turnId: TurnId;
  readonly memberId: MemberId;
  /** Unix time, ms, by the tap's clock. */
  readonly startedAtMs: number;
  /** Words so far; they may change until the turn is settled. */
  readonly text: string;
  /** The recogniser hears that there are words, though `text` may have none yet. */
  readonly areWordsComing?: boolean;
  /** What the last look ahead found of speech over a reply; the next may find something else. */
  readonly guess?: string;
  /** Part of `text` that the agent had begun to answer when the member went on. */
  readonly earlierText?: string;
  /** The recogniser took the words so far for a listening sound, by a sign of its model. */
  readonly isHeardListening?: boolean;
  /** The agent asked to go on, since the words lacked their end. */
  readonly isNudged?: boolean;
  /** Length of the last stretch of speech, ms. */
  readonly speechMs: number;
  /** Its loudness, dB of full scale. */
  readonly levelDb?: number;
} & (
  | { readonly phase: "speaking" }
  /** Silent since, ms by our clock; the words are being settled. */
  | { readonly phase: "paused"; readonly silentSinceMs: number }
  /** Silent, and the words are settled unless the member goes on. */
  | {
      readonly phase: "settled";
      readonly silentSinceMs: number;
      /** Mean of the words, on the recogniser's scale; null when it is not known. */
      readonly confidence: number | null;
    }
);

/** Change of a turn; `turn` is the snapshot after it. */
export type TurnChange = {
  readonly type:
    | "opened"
    /** The member goes on after a pause within the turn. */
    | "resumed"
    /** The speech lasts. */
    | "continued"
    | "words"
    | "paused"
    | "settled"
    /** The words lack their end, and nothing follows: the agent is to ask for it. */
    | "nudged"
    /** The turn is over. */
    | "closed"
    /** The turn is over and held no words. */
    | "dropped"
    /** The member left in the middle of it. */
    | "abandoned";
  readonly turn: Turn;
};
