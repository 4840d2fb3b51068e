import type { HeardEnding } from "@parley/speech/contracts/recognizer";

/** Input of a turn detector when a speaker falls silent. */
export type TurnQuestion = {
  /** Words of the turn so far. */
  text: string;
  /** Up to the last 8 s of the turn at 16 kHz, ending now; for detectors that use sound. */
  recentAudio: Int16Array;
  /** BCP 47, of the conversation. */
  language: string;
  /** Question that the agent just asked and nobody has answered yet; null when there is none. */
  agentsQuestion: string | null;
  /** Of the agent and of people present, who may be called before anything is said to them. */
  names: readonly string[];
  /** What the recogniser itself heard to end with the last words; null where it tells nothing. */
  heardEnding: HeardEnding["type"] | null;
};

/**
 * Kind of an utterance, by how likely the speaker goes on.
 *
 * - `asked`: a question, a request, or the answer that the agent asked for: it waits for the agent
 * - `told`: a whole statement; another may follow
 * - `unsure`: it may lack its end, such as an adjective without a noun, a list without its "and", or
 *   figures of which nothing was said
 * - `open`: it lacks its end, or the speaker hesitates, or begins to spell or to tell figures
 * - `row`: announced figures or letters, one by one: there may be more, or these were all
 */
export type UtteranceKind = "asked" | "told" | "unsure" | "open" | "row";

/** Estimates whether the turn of a speaker who fell silent is over. */
export type TurnDetector = {
  estimate(question: TurnQuestion, signal: AbortSignal): Promise<UtteranceKind>;
  /**
   * Asks witnesses that take longer, while the wait by the first estimate is running. Left out by
   * detectors that have none.
   *
   * @param kind the first estimate
   */
  reconsider?(
    question: TurnQuestion,
    kind: UtteranceKind,
    signal: AbortSignal,
  ): Promise<UtteranceKind>;
};
