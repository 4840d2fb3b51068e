/** Speech to words. One recogniser serves many streams at once. */
export type Recognizer = {
  /** For people: "built-in recogniser". */
  readonly name: string;
  /** Starts listening to one speaker. Rejects with `model-mismatch` when the model cannot run. */
  open(): Promise<RecognizerStream>;
  /** Closes its streams and frees the model. Idempotent. */
  close(): Promise<void>;
};

/** A token with its place in the audio. */
export type RecognizedToken = {
  id: number;
  /** Encoder frame since the last reset (80 ms each). */
  frame: number;
};

/** What has been recognised since the last reset. */
export type Recognition = {
  /** Words as shown to people: no leading or trailing space. */
  text: string;
  tokens: readonly RecognizedToken[];
};

/**
 * One speaker's audio. Calls are queued in order; each resolves when its audio has been worked
 * through, so a caller that awaits them is slowed to the engine's pace.
 */
export type RecognizerStream = {
  /**
   * @param samples any number of 16-bit samples at 16 kHz
   * @returns what is recognised so far: a partial, replaced by the next
   */
  write(samples: Int16Array): Promise<Recognition>;
  /**
   * Runs a *copy* of the state out over the end of the speech and tells the settled words. The
   * stream itself stands as before, so that a speaker who goes on loses nothing.
   */
  peekFinal(): Promise<Recognition>;
  /** Runs the state out, tells the settled words, and starts anew. */
  finish(): Promise<Recognition>;
  /** Forgets what was heard and starts anew. */
  reset(): Promise<void>;
  /** Idempotent; queued calls reject with `invalid-state`. */
  close(): void;
};
