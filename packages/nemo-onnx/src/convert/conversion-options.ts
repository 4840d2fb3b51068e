import type { Checkpoint } from "../checkpoint/checkpoint";
import type { Precision } from "../quantization/precision";

/** Bytes of tensor data, of all graphs of the model together. */
export type ConversionProgress = { writtenBytes: number; totalBytes: number };

export type ConversionOptions = {
  checkpoint: Checkpoint;
  /** Absent or empty folder; it appears under this name once the model is complete. */
  directory: string;
  /**
   * Of a transducer's encoder (its other graphs are small, and stay in float32) or of all graphs of
   * a Magpie model.
   */
  precision: Precision;
  /** SHA-256 of the checkpoint in lower-case hexadecimal, for `parley.json`. */
  sha256?: string;
  signal?: AbortSignal | undefined;
  /** Called after each tensor. */
  onProgress?: (progress: ConversionProgress) => void;
};
