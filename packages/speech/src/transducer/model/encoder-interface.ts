import type { ModelOutline } from "@parley/nemo-onnx/onnx/inspect-model";
import type { OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { fixedLength, GraphValues } from "./graph-values";
import type { Mismatches } from "./mismatches";

/** Names of a cache-aware encoder's caches, and sizes; null where the graph does not fix them. */
export type CacheInterface = {
  readonly lastChannel: string;
  readonly lastTime: string;
  readonly lastChannelLength: string;
  readonly nextLastChannel: string;
  readonly nextLastTime: string;
  readonly nextLastChannelLength: string;
  /** True for [layers, batch, …] as in parakeet-rs; NeMo's export has [batch, layers, …]. */
  readonly isLayerFirst: boolean;
  readonly layers: number | null;
  readonly leftContext: number | null;
  readonly width: number | null;
  /** See `StreamingShape`. */
  readonly channelRows: number | null;
  readonly channelWidth: number | null;
  readonly convolutionContext: number | null;
};

/** Inputs and outputs of an encoder's graph. */
export type EncoderInterface = {
  readonly signal: string;
  readonly length: string;
  /** True for [batch, frames, mels] as in ONNX Runtime GenAI, instead of [batch, mels, frames]. */
  readonly isSignalFrameFirst: boolean;
  readonly mels: number | null;
  readonly encoded: string;
  readonly encodedLength: string;
  /** True for [batch, frames, width] instead of [batch, width, frames]. */
  readonly isEncodedFrameFirst: boolean;
  readonly width: number | null;
  /** Null for an offline encoder. */
  readonly caches: CacheInterface | null;
  /** Frames of every step, where the graph fixes its time axis. */
  readonly fixedFrames: number | null;
  readonly isSingle: boolean;
  /** Input for the number of frames to drop; null when there is none. */
  readonly dropExtra: string | null;
  /** Input for the language of a prompted model; null when there is none. */
  readonly language: string | null;
};

/** Output of graphs like our own that return only the frames to append to the channel cache. */
export const addedToChannel = "cache_last_channel_new";

const names = {
  signal: ["audio_signal", "processed_signal"],
  length: ["length", "processed_signal_length", "audio_signal_length"],
  encoded: ["outputs", "encoded"],
  encodedLength: ["encoded_lengths", "encoded_len"],
  nextLastChannel: ["cache_last_channel_next", "new_cache_last_channel", addedToChannel],
  nextLastTime: ["cache_last_time_next", "new_cache_last_time"],
  nextLastChannelLength: [
    "cache_last_channel_next_len",
    "cache_last_channel_len_next",
    "new_cache_last_channel_len",
  ],
  language: ["prompt_index", "lang_id"],
};
/** Mel counts of NVIDIA's models, to distinguish the axes of a graph that fixes all of them. */
const usualMels = [80, 128];

/**
 * Identifies an encoder's inputs and outputs: by name, or for outputs by position.
 *
 * @returns null, with the reasons added to `mismatches`, when a required value is missing
 */
export function readEncoderInterface(
  graph: ModelOutline,
  mismatches: Mismatches,
): EncoderInterface | null {
  const inputs = new GraphValues(graph, "inputs", mismatches);
  const outputs = new GraphValues(graph, "outputs", mismatches);
  const floats = { rank: 3, types: ["float32"] as const };
  const integers = { types: ["int64"] as const };
  const signal = inputs.require(inputs.find(names.signal), "audio_signal", floats);
  const length = inputs.require(inputs.find(names.length), "length", integers);
  const encoded = outputs.require(outputs.findOrAt(names.encoded, 0), "outputs", floats);
  const encodedLength = outputs.require(
    outputs.findOrAt(names.encodedLength, 1),
    "encoded_lengths",
    integers,
  );
  const isStreaming = inputs.find(["cache_last_channel", "cache_last_time"]) !== null;
  const caches = isStreaming ? readCaches(graph, mismatches) : null;
  if (signal === null || length === null || encoded === null || encodedLength === null) return null;
  if (isStreaming && caches === null) return null;

  const language = inputs.find(names.language);
  if (language !== null && !isStreaming) {
    mismatches.add(`${graph.file}: ${language.name} of an encoder that is not cache-aware`);
  }

  const isSignalFrameFirst = isFrameFirst(signal, usualMels);
  const widths = caches?.width === undefined || caches.width === null ? [] : [caches.width];
  const isEncodedFrameFirst = isFrameFirst(encoded, widths);
  const cacheBatch = caches === null ? null : cacheBatchOf(graph, caches);
  return {
    signal: signal.name,
    length: length.name,
    isSignalFrameFirst,
    mels: fixedLength(signal, isSignalFrameFirst ? 2 : 1),
    encoded: encoded.name,
    encodedLength: encodedLength.name,
    isEncodedFrameFirst,
    width: fixedLength(encoded, isEncodedFrameFirst ? 2 : 1) ?? caches?.width ?? null,
    caches,
    fixedFrames: fixedLength(signal, isSignalFrameFirst ? 1 : 2),
    isSingle: fixedLength(signal, 0) !== null || cacheBatch !== null,
    dropExtra: inputs.find(["drop_extra"])?.name ?? null,
    language: language?.name ?? null,
  };
}

/** True when the last of [batch, a, b] is the axis of features. A free axis is that of time. */
function isFrameFirst(value: OnnxValue, expected: readonly number[]): boolean {
  const [first, second] = [fixedLength(value, 1), fixedLength(value, 2)];
  if (second === null) return false;
  return first === null || (!expected.includes(first) && expected.includes(second));
}

function readCaches(graph: ModelOutline, mismatches: Mismatches): CacheInterface | null {
  const inputs = new GraphValues(graph, "inputs", mismatches);
  const outputs = new GraphValues(graph, "outputs", mismatches);
  const floats = { rank: 4, types: ["float32"] as const };
  const integers = { types: ["int64"] as const };
  const input = (name: string, kind: typeof floats | typeof integers) =>
    inputs.require(inputs.find([name]), name, kind);
  const lastChannel = input("cache_last_channel", floats);
  const lastTime = input("cache_last_time", floats);
  const lastChannelLength = input("cache_last_channel_len", integers);
  // NeMo's export puts a length before the caches; some wrappers choose their own names.
  const nextLastChannel = outputs.require(
    outputs.findOrAt(names.nextLastChannel, 2),
    "cache_last_channel_next",
    floats,
  );
  const nextLastTime = outputs.require(
    outputs.findOrAt(names.nextLastTime, 3),
    "cache_last_time_next",
    floats,
  );
  const nextLength = outputs.require(
    outputs.findOrAt(names.nextLastChannelLength, 4),
    "cache_last_channel_next_len",
    integers,
  );
  if (lastChannel === null || lastTime === null || lastChannelLength === null) return null;
  if (nextLastChannel === null || nextLastTime === null || nextLength === null) return null;

  const [first, second] = [fixedLength(lastChannel, 0), fixedLength(lastChannel, 1)];
  const isLayerFirst = first !== null && first > 1 && (second === null || second === 1);
  if (first !== null && first > 1 && !isLayerFirst) {
    mismatches.add(`${graph.file}: axes 0 and 1 of cache_last_channel are both above one`);
  }
  const layerAxis = isLayerFirst ? 0 : 1;
  const channelRows = fixedLength(lastChannel, layerAxis);
  const layers = fixedLength(lastTime, layerAxis);
  const channelWidth = fixedLength(lastChannel, 3);
  // A graph with its width in the channel cache alone is an exporter's and caches inputs there.
  const width = fixedLength(lastTime, 2) ?? channelWidth;
  if (nextLastChannel.name !== addedToChannel) {
    const what = "layers of cache_last_channel and cache_last_time";
    mismatches.requireEqual(what, channelRows, layers);
  }
  return {
    lastChannel: lastChannel.name,
    lastTime: lastTime.name,
    lastChannelLength: lastChannelLength.name,
    nextLastChannel: nextLastChannel.name,
    nextLastTime: nextLastTime.name,
    nextLastChannelLength: nextLength.name,
    isLayerFirst,
    layers: layers ?? channelRows,
    leftContext: fixedLength(lastChannel, 2),
    width,
    channelRows,
    channelWidth,
    convolutionContext: fixedLength(lastTime, 3),
  };
}

/** Batch size that the caches fix; null where it is free. With layers first, it is one. */
function cacheBatchOf(graph: ModelOutline, caches: CacheInterface): number | null {
  if (caches.isLayerFirst) return 1;
  const value = graph.inputs.find(({ name }) => name === caches.lastChannel);
  return fixedLength(value ?? null, 0);
}
