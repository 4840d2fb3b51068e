/** What is known when a speaker falls silent. */
export type TurnQuestion = {
  /** Words so far. */
  text: string;
  /** Up to the last 8 s at 16 kHz, ending now; for detectors that listen. */
  recentAudio: Int16Array;
};

/** Judges whether somebody who fell silent is done. */
export type TurnDetector = {
  /** @returns the probability, 0 to 1, that the turn is over */
  estimate(question: TurnQuestion, signal: AbortSignal): Promise<number>;
};
