import type { EncodedFrames, StreamingEncoderInput } from "../model/asr-model";

/** One stream's encoder caches, wherever they lie. */
export type StreamCaches = {
  /** Empties them, as before any sound. */
  clear(): void;
};

/** The caches of all streams of a cache-aware encoder, and its runs over them. */
export type EncoderCaches = {
  /**
   * Empty caches of a new stream.
   *
   * @throws AppError `at-capacity` when there is no room for one more
   */
  acquire(): StreamCaches;
  /**
   * A copy, which a stream's further sound leaves as it is.
   *
   * @throws AppError `at-capacity`
   */
  fork(original: StreamCaches): StreamCaches;
  /** Gives caches back; they must not be used any more. */
  release(caches: StreamCaches): void;
  /** Runs the encoder over a batch and advances each stream's caches. */
  encode(streams: readonly StreamCaches[], input: StreamingEncoderInput): Promise<EncodedFrames[]>;
  /** Frees everything; no run may be in progress. Idempotent. */
  close(): void;
};
