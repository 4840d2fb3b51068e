import { readFile } from "node:fs/promises";
import { basename, dirname } from "node:path";
import { decodeModel } from "@parley/nemo-onnx/onnx/decode-model";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import { withWholeStates } from "@parley/nemo-onnx/onnx/with-whole-states";
import type { OnnxBytes } from "../../runtime/onnx-bytes";
import { addedToChannel, type CacheInterface, type EncoderInterface } from "./encoder-interface";

type CachingEncoder = EncoderInterface & { caches: CacheInterface };

const wholeChannel = "cache_last_channel_next";
/** Of the frames in a channel cache, in both layouts. */
const frameAxis = 2;

/**
 * A streaming encoder's graph for a device on which its caches stay. Ours returns only the frames to
 * append, which the caller does on the CPU; on a device the graph has to do it.
 */
export async function deviceGraph(
  model: string | OnnxBytes,
  graph: CachingEncoder,
  leftContext: number,
): Promise<{ model: string | OnnxBytes; graph: CachingEncoder }> {
  const { caches } = graph;
  if (caches.nextLastChannel !== addedToChannel) return { model, graph };
  const given: OnnxBytes =
    typeof model === "string"
      ? { path: model, bytes: await readFile(model), directory: dirname(model) }
      : model;
  const whole = withWholeStates(decodeModel(given.bytes, basename(given.path)), [
    {
      past: caches.lastChannel,
      added: addedToChannel,
      whole: wholeChannel,
      axis: frameAxis,
      kept: leftContext,
    },
  ]);
  return {
    model: { ...given, bytes: encodeModel(whole) },
    graph: { ...graph, caches: { ...caches, nextLastChannel: wholeChannel } },
  };
}
