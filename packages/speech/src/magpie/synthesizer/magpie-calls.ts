import type { BatchSizes } from "../../contracts/batch-sizes";
import type { GraphPlacement } from "../../contracts/graph-placement";
import type { ExecutionProvider } from "../../runtime/execution-providers";
import type { SpeechQuality } from "../engine/magpie-request";

/** A clause to be spoken by the synthesiser's thread. */
export type ClauseRequest = {
  text: string;
  /** Index of a voice. */
  voice: number;
  language: string;
  quality: SpeechQuality;
  seed: number;
  /** Null for the model's own; 0 is greedy. */
  temperature: number | null;
};

/** Description of the synthesiser's thread. */
export type MagpieDescription = {
  name: string;
  voices: readonly string[];
  languages: readonly string[];
  sampleRate: number;
  /** What operators should know, such as a provider that cannot be used. */
  remarks: readonly string[];
  /** What computes it. */
  runsOn: ExecutionProvider;
  /** Where the nodes of its graphs are computed. */
  placements: readonly GraphPlacement[];
};

/** The calls of the synthesiser's thread. The caller chooses the ids of clauses. */
export type MagpieCalls = {
  describe: (request: undefined) => Promise<MagpieDescription>;
  begin: (request: { id: number; clause: ClauseRequest }) => Promise<undefined>;
  /** The next piece of sound; null at the clause's end. One call at a time. */
  next: (request: { id: number }) => Promise<{ samples: Int16Array | null }>;
  /** Stops the clause; the engine is freed at its next step. */
  stop: (request: { id: number }) => Promise<undefined>;
  "batch-sizes": (request: undefined) => Promise<BatchSizes>;
};
