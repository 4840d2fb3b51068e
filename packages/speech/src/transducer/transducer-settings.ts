import type { DeviceSettings, ExecutionProvider } from "../runtime/execution-providers";

/**
 * How the end of the sound is flushed out of a cache-aware model:
 * - `silence`: two chunks of silence are appended, since a transducer often emits its last word a
 *   chunk late;
 * - `exact`: whole encoder frames only, and none twice: the result of an offline pass over the same
 *   frames, except that fewer than eight mel frames (80 ms) left over are dropped as in NeMo;
 * - `nemo`: as `exact` with one more masked column, as NeMo's own streaming script feeds it.
 */
export type FinishMode = "silence" | "exact" | "nemo";

/** Parts of a buffered model's window, in seconds; NVIDIA's defaults are 2, 10 and 2. */
export type BufferedWindow = { chunk: number; left: number; right: number };

/** Settings of a FastConformer transducer. Plain data, since they cross to its thread. */
export type TransducerSettings = {
  /** Path of a folder with ONNX files. */
  model: string;
  /** Number of threads within one operator. */
  threads: number;
  providers: readonly ExecutionProvider[];
  /** Most streams in a run of the encoder; 32 unless given. */
  maxBatch?: number;
  /** Live streams that are let in; as many as the device was measured to follow unless given. */
  capacity?: number;
  /**
   * Where prediction network and joint compute; with the encoder unless given. `bench/gpu` measures
   * which is better.
   */
  decoderProviders?: readonly ExecutionProvider[] | undefined;
  /** Its memory is for weights and for the caches of streams. */
  device?: DeviceSettings | undefined;
  /**
   * Cache-aware models: encoder frames of 80 ms of look-ahead; a chunk has one frame more. Null for
   * the model's default: the only one, or else chunks of 160 ms where the model supports them.
   */
  rightContext: number | null;
  /** Window of models that are not cache-aware. */
  window: BufferedWindow;
  /**
   * True to decode the whole sound in one pass, at the widest context, with a result at the end.
   */
  isOffline: boolean;
  finish: FinishMode;
  /**
   * True to reset the model after `<EOU>`, as NVIDIA's agents do; else `<EOU>` is only reported.
   */
  resetsAtEndOfUtterance: boolean;
};
