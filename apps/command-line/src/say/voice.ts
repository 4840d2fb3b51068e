/** A local or remote engine that turns text into sound. */
export type Voice = {
  /** Name of the engine or model, as far as it is known. */
  readonly model: string;
  /** Resolves once voice and rate are known; the sound is synthesised while it is read. */
  speak(text: string, signal: AbortSignal): Promise<Speech>;
  close(): Promise<void>;
};

export type Speech = {
  /** Voice and language; null when a remote engine does not report them. */
  voice: string | null;
  language: string | null;
  /** Hz. */
  sampleRate: number;
  samples: AsyncIterable<Int16Array>;
  /** Decisions of the model, once all sound was read; null when they are not available. */
  details: () => SpeechDetails | null;
};

export type SpeechDetails = {
  /** Ids of the text, with the end id of each chunk. */
  textIds: readonly number[];
  /** Codes of the audible frames, one list per codebook. */
  codes: readonly (readonly number[])[];
  /** Position in the text at each step of the decoder. */
  attended: readonly number[];
  /** Reason of the end. */
  end: string;
};
