import type { DeviceSettings, ExecutionProvider } from "../runtime/execution-providers";

/** Settings of Kokoro; plain data, since they cross to its thread. */
export type KokoroSettings = {
  /** The publisher's folder: `onnx/model*.onnx`, `tokenizer.json`, `voices/*.bin`. */
  model: string;
  /** The folder of `lexicon.br` and `letters.br`. */
  pronunciation: string;
  /** Threads within one operator. */
  threads: number;
  providers: readonly ExecutionProvider[];
  /** Its memory is for weights. */
  device?: DeviceSettings | undefined;
};
