import type { ModelOutline } from "@parley/nemo-onnx/onnx/inspect-model";
import type { OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { fixedLength, GraphValues } from "./graph-values";
import type { Mismatches } from "./mismatches";

/** Names of a cache-aware encoder's caches, and the sizes that the graph fixes. */
export type CacheInterface = {
  readonly lastChannel: string;
  readonly lastTime: string;
  readonly lastChannelLength: string;
  readonly nextLastChannel: string;
  readonly nextLastTime: string;
  readonly nextLastChannelLength: string;
  /** [layers, batch, …] as parakeet-rs has them; NeMo's export has [batch, layers, …]. */
  readonly isLayerFirst: boolean;
  readonly layers: number | null;
  readonly leftContext: number | null;
  readonly width: number | null;
  /** See `StreamingShape`. */
  readonly channelRows: number | null;
  readonly channelWidth: number | null;
  readonly convolutionContext: number | null;
};

/** How an encoder's graph is fed and read. */
export type EncoderInterface = {
  readonly signal: string;
  readonly length: string;
  /** [batch, frames, mels] as in ONNX Runtime GenAI's exports, instead of [batch, mels, frames]. */
  readonly isSignalFrameFirst: boolean;
  readonly mels: number | null;
  readonly encoded: string;
  readonly encodedLength: string;
  /** [batch, frames, width] instead of [batch, width, frames]. */
  readonly isEncodedFrameFirst: boolean;
  readonly width: number | null;
  /** Null for an encoder that sees its whole input. */
  readonly caches: CacheInterface | null;
  /** Frames of every step, where the graph fixes its time axis. */
  readonly fixedFrames: number | null;
  readonly isSingle: boolean;
  /** The input that tells how many frames to drop; null when it is not there. */
  readonly dropExtra: string | null;
  /** The input that tells a prompted model its language. */
  readonly language: string | null;
};

/** In graphs that give only what the run adds to the channel cache, as our own do. */
const addedToChannel = "cache_last_channel_new";

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
/** Filter counts of NVIDIA's models, to tell the axes of a graph that fixes them all. */
const usualMels = [80, 128];

/**
 * Tells what an encoder's inputs and outputs are: by name, outputs else by position.
 *
 * @returns null, the reasons noted, when something that no run can do without is missing
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

/** Of [batch, a, b]: true when b is the axis of features. A free axis is that of time. */
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
  // In NeMo's export a length goes before the caches; some wrappers name them as they like.
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
  // One that tells its width in the channel cache alone is an exporter's, and keeps inputs there.
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

/** The batch that the caches fix; null where it is free. With layers first, only one is run. */
function cacheBatchOf(graph: ModelOutline, caches: CacheInterface): number | null {
  if (caches.isLayerFirst) return 1;
  const value = graph.inputs.find(({ name }) => name === caches.lastChannel);
  return fixedLength(value ?? null, 0);
}
