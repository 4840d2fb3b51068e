import type { ExecutionProvider } from "../runtime/execution-providers";

/** Settings of Kokoro; plain data, since they cross to its thread. */
export type KokoroSettings = {
  /** The publisher's folder: `onnx/model*.onnx`, `tokenizer.json`, `voices/*.bin`. */
  model: string;
  /** The folder of `lexicon.br` and `letters.br`. */
  pronunciation: string;
  /** Threads within one operator. */
  threads: number;
  providers: readonly ExecutionProvider[];
  /** Bytes that its weights may take on an accelerator; no limit unless given. */
  deviceMemoryBytes?: number | undefined;
};
