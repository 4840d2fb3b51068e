import type { SpeechQuality } from "../engine/speech-request";

/** A clause on its way into the synthesiser's thread. */
export type SpokenClause = {
  text: string;
  /** Index of a voice. */
  voice: number;
  language: string;
  quality: SpeechQuality;
  seed: number;
  /** Null for the model's own; 0 takes the likeliest throughout. */
  temperature: number | null;
};

/** What the synthesiser's thread tells of itself. */
export type MagpieDescription = {
  name: string;
  voices: readonly string[];
  languages: readonly string[];
  sampleRate: number;
};

/** The calls of the synthesiser's thread. A clause is known by a number that its owner chooses. */
export type MagpieCalls = {
  describe: (request: undefined) => Promise<MagpieDescription>;
  begin: (request: { id: number; clause: SpokenClause }) => Promise<undefined>;
  /** The next piece of sound; null once the clause is over. One call at a time. */
  next: (request: { id: number }) => Promise<{ samples: Int16Array | null }>;
  /** Frees the engine at its next step. */
  stop: (request: { id: number }) => Promise<undefined>;
};
