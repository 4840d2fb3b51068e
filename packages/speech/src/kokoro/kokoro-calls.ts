import type { GraphPlacement } from "../contracts/graph-placement";
import type { ExecutionProvider } from "../runtime/execution-providers";
import type { Accent } from "./text/accent";

/** A sentence, or a part of one, to be spoken by the synthesiser's thread. */
export type KokoroStep = {
  text: string;
  voice: string;
  accent: Accent;
};

/** Description of the synthesiser's thread. */
export type KokoroDescription = {
  voices: readonly string[];
  /** What an operator should know; empty if all is well. */
  remarks: readonly string[];
  /** What computes it. */
  runsOn: ExecutionProvider;
  /** Where the nodes of its graphs are computed. */
  placements: readonly GraphPlacement[];
};

export type KokoroCalls = {
  describe: (request: undefined) => Promise<KokoroDescription>;
  synthesize: (step: KokoroStep) => Promise<{ samples: Int16Array }>;
};
