/** Tells from the sound alone whether somebody who fell silent has finished. Shared by all speakers. */
export type EndingDetector = {
  /** Which one it is, for logs. */
  readonly name: string;
  /**
   * @param sound up to 8 s at 16 kHz, ending in at least 100 ms without speech
   * @param signal somebody goes on speaking: nobody wants to know any more
   * @returns the probability that they have finished, 0 to 1; null when the sound does not tell
   */
  probability(sound: Int16Array, signal: AbortSignal): Promise<number | null>;
};
