import type { DeviceSettings, ExecutionProvider } from "../runtime/execution-providers";

/** Settings of a Moonshine model. Plain data, since they cross to its thread. */
export type MoonshineSettings = {
  /** Path of a folder with the two graphs, or with a `parley.json` that names the package of them. */
  model: string;
  /** Number of threads within one operator; more than one made Tiny two to four times slower. */
  threads: number;
  providers: readonly ExecutionProvider[];
  /** Its memory is for weights. */
  device?: DeviceSettings | undefined;
};
