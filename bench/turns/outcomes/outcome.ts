import type { SceneKind, SceneSet } from "../scenes/scene";

/** What came of a scene in which one person speaks to a silent agent. */
export type UtteranceOutcome = {
  type: "utterance";
  pauses: { ms: number; isSpokenInto: boolean }[];
  /** The agent began while the person was in the middle of fluent words. */
  isCutOff: boolean;
  /** From the last word to the first sound of the answer; null when none came in time. */
  waitMs: number | null;
  /** From the moment at which person and agent both spoke to the agent's silence, each time. */
  withdrawalsMs: number[];
  /** Turns that the transcript shows for it. */
  turns: number;
};

/** What came of something that was heard while the agent told a story. */
export type OverReplyOutcome = {
  type: "over-reply";
  isDucked: boolean;
  isHeld: boolean;
  isCancelled: boolean;
  /** From the first sound to the last one of the story; null while it goes on. */
  silentAfterMs: number | null;
};

/** What came of people's talk with each other. */
export type RoomOutcome = {
  type: "room";
  remarks: number;
  /** Remarks to another person that a reply followed. */
  answered: number;
  /** Whether the line that calls the agent was answered; null where none does. */
  isCallAnswered: boolean | null;
};

/** What came of two people who spoke at once: both are to be in the transcript. */
export type OverlapOutcome = { type: "overlap"; linesLost: number };

export type TelevisionOutcome = {
  type: "television";
  levelDb: number;
  isAnswered: boolean;
  isStoryCut: boolean;
};

/** What came of an agent that heard itself. */
export type EchoOutcome = {
  type: "echo";
  levelDb: number;
  isAnsweringItself: boolean;
  isInterruptingItself: boolean;
};

export type SceneOutcome =
  | UtteranceOutcome
  | OverReplyOutcome
  | RoomOutcome
  | OverlapOutcome
  | TelevisionOutcome
  | EchoOutcome;

/** A scene that was played, and what came of it. */
export type JudgedScene = {
  policy: string;
  voice: string;
  id: string;
  kind: SceneKind;
  set: SceneSet;
  text: string;
  /** What the transcript shows of people, for whoever looks into a miss. */
  lines: string[];
  outcome: SceneOutcome;
};
