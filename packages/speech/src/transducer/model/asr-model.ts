import type { GraphPlacement } from "../../contracts/graph-placement";
import type { FeatureSettings } from "../features/feature-settings";
import type { ExecutionProvider } from "../../runtime/execution-providers";
import type { Tensor } from "../../runtime/tensors";
import type { Vocabulary } from "../tokenizer/vocabulary";

/** Encoder output of one stream: [frames, width]; a frame is 80 ms. */
export type EncodedFrames = { readonly data: Float32Array; readonly frames: number };

/** Sizes of a cache-aware encoder. */
export type StreamingShape = {
  layers: number;
  /** Encoder frames of left context in the channel cache; 70 in NVIDIA's models. */
  leftContext: number;
  /** Encoder width. */
  width: number;
  /**
   * Rows of frames in the channel cache, and values per frame in each: one row per layer, `width`
   * wide, where it holds the inputs of the attention; one for the keys and one for the values of
   * every head in a graph of our own.
   */
  channelRows: number;
  channelWidth: number;
  /** Frames of left context of the convolutions; 8. */
  convolutionContext: number;
};

/**
 * Input of a cache-aware encoder run over a batch of streams with the same number of frames, but for
 * the caches. Every array is batch first and may be a view. The run does not change its input.
 */
export type StreamingEncoderInput = {
  batch: number;
  /** Mel frames of each stream, including those repeated from the chunk before. */
  frames: number;
  /** Encoder frames to drop at the front: 0 for a stream's first chunk, 2 later. */
  dropExtra: number;
  /** [batch, mels, frames]. */
  signal: Float32Array;
  /** [batch]: mel frames that hold sound, at most `frames`; the rest is padding. */
  lengths: BigInt64Array;
  /** Prompt index from the model's `languages`, one a stream; null for models without a prompt. */
  languages: readonly number[] | null;
};

/** The same with caches in this process's memory. */
export type StreamingEncoderStep = StreamingEncoderInput & {
  /** [batch, channelRows, leftContext, channelWidth]: the past of the attention layers. */
  lastChannel: Float32Array;
  /** [batch, layers, width, convolutionContext]: past inputs of the convolutions. */
  lastTime: Float32Array;
  /** [batch]: valid frames in `lastChannel`, which lie at its end. */
  lastChannelLength: BigInt64Array;
};

/** Output of a cache-aware encoder run, batch first. */
export type StreamingEncoderResult = {
  /** One block of frames per stream. */
  encoded: EncodedFrames[];
  /**
   * [batch, channelRows, channelFrames, channelWidth]: frames to append to `lastChannel`, of which
   * as many leave at the front.
   */
  nextChannel: Float32Array;
  /** The run's new frames, or `leftContext` where the graph returns the whole next cache. */
  channelFrames: number;
  /** Next caches, shaped like those of the input. */
  nextLastTime: Float32Array;
  nextLastChannelLength: readonly number[];
};

/**
 * The way of a cache-aware encoder whose caches stay on its device. Caches are pairs of tensors, of
 * the attention layers and of the convolutions, in the graph's own layout; whoever is given some has
 * to free them.
 */
export type DeviceEncoder = {
  /** Bytes of the device that caches may take; infinite without a limit. */
  readonly freeBytes: number;
  /** Dimensions of both caches of a batch. */
  cacheDims(batch: number): readonly (readonly number[])[];
  /** Puts a tensor on the device. */
  upload(tensor: Tensor): Promise<Tensor>;
  /** Puts the caches of single streams together. */
  join(rows: readonly (readonly Tensor[])[]): Promise<readonly Tensor[]>;
  /** Takes the caches of a batch apart, and frees them. */
  split(caches: readonly Tensor[], rows: number): Promise<readonly (readonly Tensor[])[]>;
  /** @param lengths [batch]: valid frames in the caches of the attention layers, at their end */
  run(
    input: StreamingEncoderInput,
    caches: readonly Tensor[],
    lengths: BigInt64Array,
  ): Promise<{
    encoded: EncodedFrames[];
    caches: readonly Tensor[];
    nextLengths: readonly number[];
  }>;
};

/** Cache-aware FastConformer encoder, independent of the names and layouts of its graph. */
export type StreamingEncoder = {
  readonly type: "streaming";
  readonly shape: StreamingShape;
  /** Right contexts that the graph supports, in encoder frames, ascending; often just one. */
  readonly rightContexts: readonly number[];
  /**
   * False when the graph drops two frames of the first chunk too and could not be patched: then
   * sixteen zero frames must precede the sound, and `dropExtra` must always be 2.
   */
  readonly hasExactFirstChunk: boolean;
  /** Most streams in a run; 1 where the graph fixes its batch axis. */
  readonly maxBatch: number;
  /**
   * Mel frames of every step, for graphs with a fixed time axis (shorter chunks are padded and
   * `lengths` has the valid frames); null where the time axis is free.
   */
  readonly fixedFrames: number | null;
  /** Null where caches lie in this process's memory. */
  readonly device: DeviceEncoder | null;
  /** Blocks its thread. Rejects with the runtime's error. */
  run(step: StreamingEncoderStep): Promise<StreamingEncoderResult>;
};

/** FastConformer encoder without caches, which sees its whole input at once. */
export type OfflineEncoder = {
  readonly type: "offline";
  readonly width: number;
  readonly maxBatch: number;
  /**
   * Blocks its thread.
   *
   * @param signal [batch, mels, frames], padding zero
   * @param lengths [batch]: frames that hold sound
   * @returns one block of frames per stream, without padding
   */
  run(signal: Float32Array, frames: number, lengths: BigInt64Array): Promise<EncodedFrames[]>;
};

/** Sizes of the prediction network and the joint. */
export type DecoderShape = {
  encoderWidth: number;
  predictorLayers: number;
  predictorWidth: number;
  /** Outputs of the joint: tokens, the blank, and the durations of a TDT model. */
  outputs: number;
};

/** Input of a run of prediction network and joint over a batch of streams. Arrays may be views. */
export type DecoderStep = {
  batch: number;
  /** Encoder frames of each stream; each is scored against the same prediction. */
  frames: number;
  /** [batch, frames, encoderWidth]. */
  encoded: Float32Array;
  /** [batch]: last emitted token, the blank at the start. */
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
   * Blocks its thread. The returned arrays are valid until the next run.
   *
   * @returns logits [batch, frames, outputs], not normalised, and the state of the LSTM after
   *   `lastTokens`, shaped like the input's
   */
  run(
    step: DecoderStep,
  ): Promise<{ logits: Float32Array; hidden: Float32Array; cell: Float32Array }>;
};

/** A loaded recognition model whose parts have been checked against each other. */
export type AsrModel = {
  /** Display name: the folder's or the registry's. */
  readonly name: string;
  readonly features: FeatureSettings;
  readonly vocabulary: Vocabulary;
  readonly encoder: StreamingEncoder | OfflineEncoder;
  readonly decoder: TransducerDecoder;
  /** Frames for each duration output; null for RNN-T. */
  readonly durations: readonly number[] | null;
  /** Prompt indices of a prompted model by language name; null for others. */
  readonly languages: ReadonlyMap<string, number> | null;
  /** Notes for an operator, such as an execution provider that cannot be used. */
  readonly remarks: readonly string[];
  /** What computes it. */
  readonly runsOn: ExecutionProvider;
  /** Where the nodes of the graphs that have run on an accelerator are; empty where it is not told. */
  readonly placements: readonly GraphPlacement[];
  /** Frees the graphs. Must not be called during a run. Idempotent. */
  close(): Promise<void>;
};
