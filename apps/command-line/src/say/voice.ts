/** Turns a text into sound, by an engine here or elsewhere. */
export type Voice = {
  /** Which engine or model it is, as far as is known here. */
  readonly model: string;
  /** Resolves when it is known how it will sound; the sound is made while it is read. */
  speak(text: string, signal: AbortSignal): Promise<Speech>;
  close(): Promise<void>;
};

export type Speech = {
  /** Who speaks, and in what; null where an engine elsewhere does not tell. */
  voice: string | null;
  language: string | null;
  /** Hz. */
  sampleRate: number;
  samples: AsyncIterable<Int16Array>;
  /** What the model has decided, once all of the sound was read; null where it is not told. */
  details: () => SpeechDetails | null;
};

export type SpeechDetails = {
  /** What was read, with the end id of each chunk. */
  textIds: readonly number[];
  /** One list a codebook: the codes of the frames that are heard. */
  codes: readonly (readonly number[])[];
  /** Position in the text at each step of the decoder. */
  attended: readonly number[];
  /** Why it ended. */
  end: string;
};
