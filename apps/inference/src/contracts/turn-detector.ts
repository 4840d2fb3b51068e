/** Input of a turn detector when a speaker falls silent. */
export type TurnQuestion = {
  /** Words of the turn so far. */
  text: string;
  /** Up to the last 8 s at 16 kHz, ending now; for detectors that use sound. */
  recentAudio: Int16Array;
};

/** Estimates whether the turn of a speaker who fell silent is over. */
export type TurnDetector = {
  /** @returns the probability, 0 to 1, that the turn is over */
  estimate(question: TurnQuestion, signal: AbortSignal): Promise<number>;
};
