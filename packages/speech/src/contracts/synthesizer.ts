import type { BatchSizes } from "./batch-sizes";
import type { GraphPlacement } from "./graph-placement";

export type SynthesisRequest = {
  /** Clauses, each a speakable piece of text. */
  clauses: AsyncIterable<string>;
  /** One of `voices`; empty for the default. */
  voice: string;
  /** One of `languages`; the synthesiser's first unless given. */
  language?: string;
  /**
   * `fast-start`, unless given: sound as early as can be. `batch`: a synthesiser that speaks better
   * or cheaper when nobody waits for the beginning may take its time.
   */
  quality?: "fast-start" | "batch";
  /** The same seed gives the same sound; synthesisers that draw nothing take no notice. */
  seed?: number;
  /** Of the drawing, 0 for the likeliest throughout; the model's own unless given. */
  temperature?: number;
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
  /** BCP 47 tags such as "en" or "pt-BR", the default first; English alone unless told. */
  readonly languages?: readonly string[];
  /** Hz, the same for every voice. */
  readonly sampleRate: number;
  /** What an operator should know, such as a voice slower than speech; nothing unless told. */
  readonly remarks?: readonly string[];
  /** What computes it: "cpu", "webgpu"; absent where no model runs here. */
  readonly runsOn?: string | undefined;
  /** Where the nodes of its graphs are computed; absent or empty where that was not told. */
  readonly placements?: readonly GraphPlacement[] | undefined;
  speak(request: SynthesisRequest): AsyncIterable<SynthesisPart>;
  /** For an operator; left out by voices that count none. They start anew with each model. */
  batchSizes?(): Promise<BatchSizes>;
  /** Idempotent. */
  close(): Promise<void>;
};
