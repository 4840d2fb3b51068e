/** Phase of one reply. */
export type ReplyState =
  /** Made ahead of the floor, unheard. */
  | { phase: "prepared"; hasSound: boolean; isComplete: boolean }
  /** It has the floor and no sound yet. */
  | { phase: "released" }
  /** Its sound goes to the pacer; `isHeard` once the pacer has put some of it on the wire. */
  | { phase: "playing"; isHeard: boolean }
  /** As `playing`, at low volume: somebody may mean to interrupt. */
  | { phase: "ducked"; isHeard: boolean }
  /** The pacer faded out and keeps its position. */
  | { phase: "held"; isHeard: boolean }
  /** Cut off: it waits to learn how much was heard. */
  | { phase: "cancelling" }
  /** Final: nothing is made, sent or told any more. */
  | { phase: "ended" };

export type ReplyEvent =
  /** Turn-taking gives it the floor. */
  | { type: "released" }
  /** Turn-taking takes the floor back; too late once there was sound. */
  | { type: "withheld" }
  /** The synthesiser made sound. */
  | { type: "sound-made" }
  /** The sound made so far is thrown away, unheard. */
  | { type: "sound-withdrawn" }
  /** The synthesiser made the last of it. */
  | { type: "synthesis-ended" }
  /** The chat model or the synthesiser failed; the reply goes on with what there is. */
  | { type: "failed" }
  | { type: "ducked" }
  | { type: "held" }
  | { type: "resumed" }
  /** Cut off while it is heard, withdrawn before. */
  | { type: "cancelled" }
  /** The pacer reports its position; `atMs` is Unix time by its clock. */
  | { type: "played"; atMs: number }
  /** The pacer confirms the end: of a cancellation, or because all was played. */
  | { type: "acknowledged"; isInterrupted: boolean }
  /** The last wait is over; `isStarved` when the pacer has played all sound that there is. */
  | { type: "wait-over"; isStarved: boolean }
  /** The session closes. */
  | { type: "closed" };

/** Changes of a reply that the floor decides by. */
export type ReplyChange =
  /** Its first sound goes out. */
  | "begun"
  /** The first of it was heard. */
  | "heard"
  | "cancelled"
  | "ended"
  /** It ended without having held a sound. */
  | "empty";

export type ReplyEffect =
  /** Make sound so far ahead of what was played. */
  | { type: "lead"; by: "speculativeLeadMs" | "playoutLeadMs" }
  /** Report the failures that gathered. */
  | { type: "report-failures" }
  /** Announce the reply; its place in the conversation is here. */
  | { type: "begin" }
  /** Send the sound that gathered. */
  | { type: "send" }
  /** Say that no more sound follows. */
  | { type: "end-sound" }
  /** Tell the pacer. */
  | { type: "duck" | "hold" | "resume" | "cancel" }
  /** Wait for the pacer that long; replaces an earlier wait. */
  | { type: "wait"; for: "stalledPlayoutMs" | "cancelTimeoutMs" }
  /** Publish the stamps of the exchange: telemetry. */
  | { type: "publish-timings"; playoutStartedAtMs: number }
  /** Publish the text heard so far. */
  | { type: "publish-heard" }
  /** Stop chat request, clauses, synthesis and wait. */
  | { type: "stop" }
  /** Announce the end, with the text that was heard. */
  | { type: "end"; isInterrupted: boolean }
  /** Tell the floor. */
  | { type: "tell"; change: ReplyChange };

export const preparedReply: ReplyState = { phase: "prepared", hasSound: false, isComplete: false };

/** It is heard, or about to be: it can be held and cut. */
export function isAudible({ phase }: ReplyState): boolean {
  return phase === "playing" || phase === "ducked" || phase === "held";
}

/** Some of it went out: people hear it, or are about to, or just did. */
export function hasBegun(state: ReplyState): boolean {
  return isAudible(state) || state.phase === "cancelling";
}
