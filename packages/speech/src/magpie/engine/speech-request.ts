import type { ChunkEnd } from "../decoding/chunk-decoding";

/** "fast-start": the first chunk is heard as it is made; "batch": everything in large pieces. */
export type SpeechQuality = "fast-start" | "batch";

export type SpeechRequest = {
  /** Token ids of the chunks, each with the end id; see MagpieText. */
  chunks: readonly { ids: readonly number[] }[];
  /** Index of a voice. */
  voice: number;
  /** The same seed speaks the same text the same way, whoever else is speaking. */
  seed: number;
  /** Of the sampling; null for the model's own. */
  temperature: number | null;
  /** Takes the likeliest code each time; `seed` and `temperature` then count for nothing. */
  isGreedy: boolean;
  /**
   * False computes everything anew in each step, as NeMo's `do_tts` does: slow, and other speech,
   * since the newest prior then acts on the past too.
   */
  hasCache: boolean;
  quality: SpeechQuality;
  /** Aborting frees the engine at its next step and rejects with the signal's reason. */
  signal: AbortSignal;
};

export type MagpiePart =
  /** −1 to 1, at the codec's rate. */
  | { type: "audio"; samples: Float32Array }
  | {
      type: "end";
      /** One list a codebook: the codes of the frames that were spoken. */
      codes: number[][];
      /** Position in the text (all chunks in a row) that each decoder step spoke. */
      attended: number[];
      /** Why the last chunk ended. */
      end: ChunkEnd;
    };
