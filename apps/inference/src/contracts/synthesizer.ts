export type SynthesisRequest = {
  /** Clauses, each a speakable piece of text. */
  clauses: AsyncIterable<string>;
  /** One of `voices`; empty for the default. */
  voice: string;
  /** Aborting frees the engine at its next step and ends the iteration. */
  signal: AbortSignal;
};

/**
 * Per clause, in order: one clause start, any number of audio parts, one clause end. Sound arrives
 * in pieces of any size at `sampleRate`.
 */
export type SynthesisPart =
  | { type: "clause-start"; text: string }
  | { type: "audio"; samples: Int16Array }
  | { type: "clause-end" }
  | { type: "error"; error: Error };

/** Text to speech. One synthesiser serves many replies at once. */
export type Synthesizer = {
  /** For people: "Flite". */
  readonly name: string;
  readonly voices: readonly string[];
  /** Hz, the same for every voice. */
  readonly sampleRate: number;
  speak(request: SynthesisRequest): AsyncIterable<SynthesisPart>;
  /** Idempotent. */
  close(): Promise<void>;
};
