/** Tells speech from everything else. Opened once per speaker. */
export type VoiceActivityDetector = {
  /** Samples that one step takes, at 16 kHz. */
  readonly windowSamples: number;
  open(): VoiceActivityStream;
};

/** One speaker's audio, stepped through window by window, in order. */
export type VoiceActivityStream = {
  /**
   * @param window exactly `windowSamples` 16-bit samples at 16 kHz
   * @returns the probability of speech in it, 0 to 1
   */
  step(window: Int16Array): Promise<number>;
  /** Forgets what was heard. */
  reset(): void;
  /** Idempotent. */
  close(): void;
};
