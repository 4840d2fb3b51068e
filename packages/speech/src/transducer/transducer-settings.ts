import type { ExecutionProvider } from "../runtime/execution-providers";

/**
 * How the end of the sound is run out of a cache-aware model:
 * - `silence`: two chunks of silence are appended, for a transducer often emits its last word a
 *   chunk late;
 * - `exact`: whole frames only, and none of them twice: what an offline pass over the same frames
 *   gives, but for fewer than eight frames (80 ms) left over, which stay unheard as in NeMo;
 * - `nemo`: as `exact` with one masked column more, as NeMo's own streaming script feeds it.
 */
export type FinishMode = "silence" | "exact" | "nemo";

/** Seconds of sound that a window of a buffered model holds; NVIDIA's defaults are 2, 10 and 2. */
export type BufferedWindow = { chunk: number; left: number; right: number };

/** How a recogniser is set up. Crosses to its thread, so plain data only. */
export type TransducerSettings = {
  /** A folder of ONNX files. */
  model: string;
  /** Threads within one operator. */
  threads: number;
  providers: readonly ExecutionProvider[];
  /**
   * Cache-aware models: encoder frames of 80 ms that a frame may look ahead; a chunk is one more.
   * Null for the model's own: the only one, or else 160 ms where it can.
   */
  rightContext: number | null;
  /** Models that are not cache-aware. */
  window: BufferedWindow;
  /** The whole sound in one go, at the widest context, told only at the end. */
  isOffline: boolean;
  finish: FinishMode;
  /** After `<EOU>` everything is forgotten, as in NVIDIA's agents; otherwise it is only told. */
  resetsAtEndOfUtterance: boolean;
};
