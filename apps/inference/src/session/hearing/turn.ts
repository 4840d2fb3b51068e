import type { MemberId, TurnId } from "@parley/shared/protocol/ids";

/** What a member is saying, or just said. Changed by its speaker only. */
export type Turn = {
  readonly turnId: TurnId;
  readonly memberId: MemberId;
  /** Unix time, ms, by the tap's clock. */
  readonly startedAtMs: number;
  /** Words so far; settled while the member pauses and `isSettled` is true. */
  text: string;
  /** False while the member pauses. */
  isSpeaking: boolean;
  isSettled: boolean;
  /** Length of the present stretch of speech, ms. */
  speechMs: number;
};
