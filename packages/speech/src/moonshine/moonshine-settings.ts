import type { ExecutionProvider } from "../runtime/execution-providers";

/** Settings of a Moonshine model. Plain data, since they cross to its thread. */
export type MoonshineSettings = {
  /** Path of a folder with the two graphs, or with a `parley.json` that names the package of them. */
  model: string;
  /** Number of threads within one operator; more than one made Tiny two to four times slower. */
  threads: number;
  providers: readonly ExecutionProvider[];
  /** Bytes that its weights may take on an accelerator; no limit unless given. */
  deviceMemoryBytes?: number | undefined;
};
