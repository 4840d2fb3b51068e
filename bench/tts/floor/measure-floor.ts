import { join } from "node:path";
import { percentile, round } from "../../support/percentiles";
import { openProcess } from "../../support/side-process";
import type { BenchVoice } from "../models/prepare-models";
import { stepWeights } from "../models/step-weights";
import type { FloorCalls, GraphInput } from "./floor-calls";

/** Lower bound of a decoder step, and its time without an engine. Milliseconds. */
export type FloorFigures = {
  /** GB/s of a plain copy, read and written bytes together, on one thread. */
  copySpeed: number;
  steps: {
    streams: number;
    /** GB/s at which a product of as many rows reads its matrix. */
    productSpeed: number;
    /** The weights of a step at that speed. */
    weightsMs: number;
    bareDecoderMs: number;
    bareSamplerMs: number;
  }[];
  /** Of one stream, in the pieces of 8 frames that it is decoded in. */
  bareCodecFrameMs: number;
};

export type FloorSettings = {
  voice: BenchVoice;
  /** From `writeProduct`. */
  product: string;
  threads: number;
  streams: readonly number[];
  textTokens: number;
  /** Positions of the cache: those of the voice and half of the steps. */
  past: number;
  times: number;
};

const codecPieceFrames = 8;

/** Measures in a process of its own; one graph is loaded at a time. */
export async function measureFloor(settings: FloorSettings): Promise<FloorFigures> {
  const { voice, product, threads, streams, times } = settings;
  const child = await openProcess<FloorCalls>(new URL("./floor.process.ts", import.meta.url));
  const medians = async (file: string, inputs: readonly GraphInput[], flushesDenormals = false) => {
    const spent = await child.call("runs", { file, threads, times, inputs, flushesDenormals });
    return spent.map((ms) => percentile(ms, 0.5));
  };
  try {
    const rows = streams.map((count) => 2 * count);
    const speeds = await child.call("bandwidth", { product, rows, threads });
    const decoderMs = await medians(
      join(voice.model, "decoder.onnx"),
      rows.map((batch) => decoderInput(batch, settings)),
    );
    const samplerMs = await medians(
      join(voice.model, "local_sampler.onnx"),
      streams.map(samplerInput),
    );
    const codecInput = { dims: { batch: 1, frames: codecPieceFrames }, fill: {} };
    const [pieceMs = Number.NaN] = await medians(
      join(voice.codec, "codec.onnx"),
      [codecInput],
      true,
    );
    const { decoder, localSampler } = stepWeights(voice.sizes, voice.precision);
    const steps = streams.map((count, index) => {
      const productSpeed = speeds.product[index] ?? Number.NaN;
      return {
        streams: count,
        productSpeed: round(productSpeed),
        weightsMs: round((decoder + localSampler) / productSpeed / 1e6),
        bareDecoderMs: round(decoderMs[index] ?? Number.NaN),
        bareSamplerMs: round(samplerMs[index] ?? Number.NaN),
      };
    });
    const bareCodecFrameMs = round(pieceMs / codecPieceFrames);
    return { copySpeed: round(speeds.copy), steps, bareCodecFrameMs };
  } finally {
    await child.close();
  }
}

/** @param batch rows with and without text */
function decoderInput(batch: number, { past, textTokens: text }: FloorSettings): GraphInput {
  return {
    dims: { batch, prefix: 0, steps: 1, new: 1, past, all: past + 1, text },
    fill: { position: past, attn_prior: 1 },
  };
}

function samplerInput(streams: number): GraphInput {
  return { dims: { rows: 2 * streams, batch: streams }, fill: { forced: -1, inv_temp: 1 } };
}
