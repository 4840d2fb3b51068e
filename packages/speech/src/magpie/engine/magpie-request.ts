import type { ChunkEnd } from "../decoding/chunk-decoding";

/** "fast-start": the first chunk in small pieces, heard early; "batch": all in large pieces. */
export type SpeechQuality = "fast-start" | "batch";

export type MagpieRequest = {
  /** Token ids of the chunks, each with the end id; see MagpieText. */
  chunks: readonly { ids: readonly number[] }[];
  /** Index of a voice. */
  voice: number;
  /** The same seed gives the same sound for a text, whatever else is being spoken. */
  seed: number;
  /** Sampling temperature; null for the model's own. */
  temperature: number | null;
  /** Takes the likeliest code each time, and ignores `seed` and `temperature`. */
  isGreedy: boolean;
  /**
   * False recomputes all steps in each step, as NeMo's `do_tts` does: slow, and different speech,
   * since the newest prior then acts on past steps, too.
   */
  hasCache: boolean;
  quality: SpeechQuality;
  /** Aborting frees the engine at its next step and rejects with the signal's reason. */
  signal: AbortSignal;
};

export type MagpiePart =
  /** Samples from −1 to 1, at the codec's rate. */
  | { type: "audio"; samples: Float32Array }
  | {
      type: "end";
      /** Codes of the spoken frames, one list per codebook. */
      codes: number[][];
      /** Text position (of all chunks in a row) that each decoder step attended to. */
      attended: number[];
      /** Why the last chunk ended. */
      end: ChunkEnd;
    };
