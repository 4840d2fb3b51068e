import type { GraphPlacement } from "../../contracts/graph-placement";

export type CodecReport = { remarks: readonly string[]; placements: readonly GraphPlacement[] };

/** Decodes codes to sound, for many streams at once. */
export type StreamingCodec = {
  /** Hz. */
  readonly sampleRate: number;
  readonly samplesPerFrame: number;
  readonly codebooks: number;
  /** Number of codes of a codebook. */
  readonly codes: number;
  /** For operators: what is not computed where it was wanted, and why. */
  readonly remarks?: readonly string[];
  /** The same as of now, and where its nodes are computed, which shows in its first run. */
  report?(): Promise<CodecReport>;
  open(): CodecStream;
  /** Resolves once no run is in progress. Idempotent. */
  close(): Promise<void>;
};

/** The sound of one utterance. Its calls must follow one another. */
export type CodecStream = {
  /**
   * Decodes the next frames. The sound does not depend on how frames are cut into pieces.
   *
   * @param frames codes by codebook, at least one frame
   * @returns samples from −1 to 1
   */
  decode(frames: readonly (readonly number[])[]): Promise<Float32Array>;
  /** Idempotent. */
  close(): void;
};
