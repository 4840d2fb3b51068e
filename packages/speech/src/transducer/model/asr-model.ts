import type { FeatureSettings } from "../features/feature-settings";
import type { Vocabulary } from "../tokenizer/vocabulary";

/** Encoder output of one stream, frame by frame: [frames, width]; a frame is 80 ms. */
export type EncodedFrames = { readonly data: Float32Array; readonly frames: number };

/** Sizes of a cache-aware encoder. */
export type StreamingShape = {
  layers: number;
  /** Encoder frames of left context that the channel cache keeps; 70 in NVIDIA's models. */
  leftContext: number;
  /** Encoder width. */
  width: number;
  /**
   * Rows of frames that the channel cache holds, and the values of a frame in each: as many rows as
   * layers, `width` wide, where it keeps what keys and values are made of; one for the keys and one
   * for the values of every head in a graph of our own.
   */
  channelRows: number;
  channelWidth: number;
  /** Frames that the convolutions look back; 8. */
  convolutionContext: number;
};

/**
 * One run of a cache-aware encoder over a batch of streams that take the same number of frames.
 * Every array is laid out batch first and may be a view. The run leaves what it was given.
 */
export type StreamingEncoderStep = {
  batch: number;
  /** Mel frames of each stream, those repeated from the chunk before included. */
  frames: number;
  /** Encoder frames to drop at the front: 0 for a stream's first chunk, 2 later. */
  dropExtra: number;
  /** [batch, mels, frames]. */
  signal: Float32Array;
  /** [batch]: mel frames that hold sound, at most `frames`; the rest is padding. */
  lengths: BigInt64Array;
  /** [batch, channelRows, leftContext, channelWidth]: what the attention layers know of the past. */
  lastChannel: Float32Array;
  /** [batch, layers, width, convolutionContext]: inputs of the convolutions. */
  lastTime: Float32Array;
  /** [batch]: frames of `lastChannel` that hold something; they stand at its end. */
  lastChannelLength: BigInt64Array;
  /** Of the model's `languages`, one a stream; null for models without a prompt. */
  languages: readonly number[] | null;
};

/** What a run of a cache-aware encoder gives, batch first. */
export type StreamingEncoderResult = {
  /** One block a stream. */
  encoded: EncodedFrames[];
  /**
   * [batch, channelRows, channelFrames, channelWidth]: what goes behind `lastChannel`, of which as
   * many frames go out in front.
   */
  nextChannel: Float32Array;
  /** The run's own, or `leftContext` where the graph gives all of the cache that follows. */
  channelFrames: number;
  /** Like those that the run was given. */
  nextLastTime: Float32Array;
  nextLastChannelLength: readonly number[];
};

/** A cache-aware FastConformer, behind whatever names and layouts its graph has. */
export type StreamingEncoder = {
  readonly type: "streaming";
  readonly shape: StreamingShape;
  /** Right contexts in encoder frames that the graph can run, ascending; often just one. */
  readonly rightContexts: readonly number[];
  /**
   * False when the graph drops two frames of the first chunk too and could not be mended: then
   * sixteen zero frames must go before the sound, and `dropExtra` must always be 2.
   */
  readonly hasExactFirstChunk: boolean;
  /** Streams that may share a run; 1 where the graph fixes its batch axis. */
  readonly maxBatch: number;
  /**
   * Mel frames that every step must have, for graphs with a fixed time axis (shorter chunks are
   * padded, `lengths` tells); null where any number will do.
   */
  readonly fixedFrames: number | null;
  /** Blocks its thread. Rejects with the runtime's error. */
  run(step: StreamingEncoderStep): Promise<StreamingEncoderResult>;
};

/** A FastConformer that sees the whole of its input at once. */
export type OfflineEncoder = {
  readonly type: "offline";
  readonly width: number;
  readonly maxBatch: number;
  /**
   * Blocks its thread.
   *
   * @param signal [batch, mels, frames], padding zero
   * @param lengths [batch]: frames that hold sound
   * @returns one block a stream, padding cut off
   */
  run(signal: Float32Array, frames: number, lengths: BigInt64Array): Promise<EncodedFrames[]>;
};

/** Sizes of the prediction network and the joint. */
export type DecoderShape = {
  encoderWidth: number;
  predictorLayers: number;
  predictorWidth: number;
  /** Tokens, the blank, and the durations of a TDT model. */
  outputs: number;
};

/** One run of prediction network and joint over a batch of streams. Arrays may be views. */
export type DecoderStep = {
  batch: number;
  /** Encoder frames of each stream; each is scored against the same prediction. */
  frames: number;
  /** [batch, frames, encoderWidth]. */
  encoded: Float32Array;
  /** [batch]: the token emitted last, the blank at the start. */
  lastTokens: Int32Array;
  /** [predictorLayers, batch, predictorWidth]: the LSTM *before* it has seen `lastTokens`. */
  hidden: Float32Array;
  cell: Float32Array;
};

/** Prediction network and joint, in one graph or two. */
export type TransducerDecoder = {
  readonly shape: DecoderShape;
  readonly maxBatch: number;
  /**
   * Blocks its thread. The arrays that come back are valid until the next run.
   *
   * @returns logits [batch, frames, outputs], not normalised, and the LSTM after `lastTokens`,
   *   shaped like what it was given
   */
  run(
    step: DecoderStep,
  ): Promise<{ logits: Float32Array; hidden: Float32Array; cell: Float32Array }>;
};

/** A loaded recognition model whose parts have been checked against each other. */
export type AsrModel = {
  /** For people: the folder's or the registry's name. */
  readonly name: string;
  readonly features: FeatureSettings;
  readonly vocabulary: Vocabulary;
  readonly encoder: StreamingEncoder | OfflineEncoder;
  readonly decoder: TransducerDecoder;
  /** Frames that each duration output stands for; null for RNN-T. */
  readonly durations: readonly number[] | null;
  /** Language names of a prompted model, by prompt index; null for others. */
  readonly languages: ReadonlyMap<string, number> | null;
  /** What an operator should know: a fallback taken, a guess not made. */
  readonly remarks: readonly string[];
  /** Frees the graphs. Not to be called during a run. Idempotent. */
  close(): Promise<void>;
};
