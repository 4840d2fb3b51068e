import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { decodeModel } from "../onnx/decode-model";
import { inlineExternalData } from "../onnx/inline-external-data";
import type { OnnxModel, OnnxTensor } from "../onnx/onnx-model";
import { convertTransducer } from "./convert-transducer";
import {
  columnsOf,
  floatTensor,
  GraphSession,
  int64Tensor,
  largestDifference,
  zeros,
  type Floats,
} from "../onnx/testing/graph-session";
import { ReferenceTensors } from "./testing/reference-tensors";
import { joinEncoded, planSteps, streamThrough } from "./testing/streaming-run";

const builtin = fileURLToPath(new URL("../../../../models/builtin/", import.meta.url));
const fixtures = fileURLToPath(new URL("../../fixtures/", import.meta.url));

/** A deterministic signal similar to log-mels of speech. */
function synthetic(dims: readonly number[], seed: number): Floats {
  const result = zeros(dims);
  let state = seed;
  for (const index of result.data.keys()) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    result.data[index] = -9 + 3 * Math.sin(index / 50) + 4 * (state / 2 ** 31 - 0.5);
  }
  return result;
}

/** One stream of a batch, as a batch of one. */
function partOf({ data, dims }: Floats, stream: number): Floats {
  const stride = data.length / (dims[0] ?? 1);
  return {
    data: data.subarray(stream * stride, (stream + 1) * stride),
    dims: [1, ...dims.slice(1)],
  };
}

function floatsOf(data: OnnxTensor["data"]): Floats {
  if (!(data instanceof Uint8Array)) throw new TypeError("external tensor");
  const values = new Float32Array(new Uint8Array(data).buffer);
  return { data: values, dims: [values.length] };
}

const rightContexts = [1, 6, 13];

/** The reference is what PyTorch computes with the same weights. */
describe("convertTransducer, on the built-in model", () => {
  let directory = "";
  let encoder: GraphSession;

  beforeAll(async () => {
    directory = join(await mkdtemp(join(tmpdir(), "parley-convert-")), "model");
    const checkpoint = await openCheckpoint(join(builtin, "builtin.nemo"));
    await convertTransducer({ checkpoint, directory, precision: "fp32" });
    await checkpoint.close();
    encoder = await GraphSession.open(directory, "encoder.onnx");
  });
  afterAll(() => rm(join(directory, ".."), { recursive: true, force: true }));

  it("writes the encoder that ships with the model", async () => {
    const ours = decodeModel(await inlineExternalData(join(directory, "encoder.onnx")), "ours");
    const theirs = decodeModel(await readFile(join(builtin, "encoder.onnx")), "built-in");
    const outline = ({ graph: { initializers, ...graph }, ...model }: OnnxModel) => ({
      ...model,
      ...graph,
      initializers: initializers.map(({ name, elementType, dims }) => ({
        name,
        elementType,
        dims,
      })),
    });
    expect(outline(ours)).toEqual(outline(theirs));
    for (const [index, { name, elementType, data }] of ours.graph.initializers.entries()) {
      const expected = theirs.graph.initializers[index]!.data;
      // Sines, and so products with them, may differ by rounding between machines.
      if (elementType === "float32") {
        const difference = largestDifference(floatsOf(data), floatsOf(expected));
        expect(difference, name).toBeLessThan(1e-5);
      } else expect(data, name).toEqual(expected);
    }
  });

  it("declares inputs and outputs", () => {
    const channel = ["float32", "batch", 40, 70, 36];
    const time = ["float32", "batch", 5, 144, 8];
    expect(encoder.interface).toEqual({
      inputs: {
        audio_signal: ["float32", "batch", 80, "time"],
        length: ["int64", "batch"],
        cache_last_channel: channel,
        cache_last_time: time,
        cache_last_channel_len: ["int64", "batch"],
        drop_extra: ["int64", 1],
      },
      outputs: {
        outputs: ["float32", "batch", 144, "frames"],
        encoded_lengths: ["int64", "batch"],
        cache_last_channel_new: ["float32", "batch", 40, "frames", 36],
        cache_last_time_next: time,
        cache_last_channel_next_len: ["int64", "batch"],
      },
    });
  });

  it("folds products of constants", async () => {
    const { graph } = decodeModel(await readFile(join(directory, "encoder.onnx")), "encoder");
    const names = graph.initializers.map(({ name }) => name);
    expect(names.filter((name) => /linear_pos\.weight|^positions$/.test(name))).toEqual([]);
  });

  it.each(rightContexts)("streams as recorded with right context %i", async (rightContext) => {
    const recorded = await ReferenceTensors.read(join(fixtures, "builtin-encoder.safetensors"));
    const signal = synthetic([80, 650], rightContext + 1);
    const results = await streamThrough(encoder, signal, planSteps(rightContext, 650));
    const expected = recorded.of(`R${rightContext}.encoded`);
    expect(largestDifference(joinEncoded(results), expected)).toBeLessThan(1e-4);
    const last = results.at(-1)!;
    expect(last.lastChannelLength).toBe(70);
    const time = recorded.of(`R${rightContext}.cache_last_time`);
    expect(largestDifference(last.lastTime, time)).toBeLessThan(1e-4);
  });

  it("batches streams whose caches and lengths differ", async () => {
    const signal = synthetic([3, 80, 65], 5);
    const channel = synthetic([3, 40, 70, 36], 6);
    const time = synthetic([3, 5, 144, 8], 7);
    const lengths = [65, 40, 9];
    const held = [70, 0, 33];
    const together = await encoder.run({
      audio_signal: floatTensor(signal),
      length: int64Tensor(lengths),
      cache_last_channel: floatTensor(channel),
      cache_last_time: floatTensor(time),
      cache_last_channel_len: int64Tensor(held),
      drop_extra: int64Tensor([2]),
    });
    expect(together.integers("cache_last_channel_next_len")).toEqual([70, 7, 40]);
    for (const [stream, length] of lengths.entries()) {
      const alone = await encoder.run({
        audio_signal: floatTensor(partOf(signal, stream)),
        length: int64Tensor([length]),
        cache_last_channel: floatTensor(partOf(channel, stream)),
        cache_last_time: floatTensor(partOf(time, stream)),
        cache_last_channel_len: int64Tensor([held[stream]!]),
        drop_extra: int64Tensor([2]),
      });
      const [frames = 0] = alone.integers("encoded_lengths");
      expect(together.integers("encoded_lengths")[stream]).toBe(frames);
      const cut = ({ data, dims }: Floats) => columnsOf({ data, dims: dims.slice(1) }, 0, frames);
      const found = cut(partOf(together.floats("outputs"), stream));
      expect(largestDifference(found, cut(alone.floats("outputs")))).toBeLessThan(1e-4);
    }
  });

  it("masks cached frames from before the first", async () => {
    const run = async (uncached: number) => {
      const channel = synthetic([1, 40, 70, 36], 6);
      for (const index of channel.data.keys()) {
        if (Math.floor(index / 36) % 70 < 70 - 33) channel.data[index] = uncached;
      }
      const outputs = await encoder.run({
        audio_signal: floatTensor(synthetic([1, 80, 25], 5)),
        length: int64Tensor([25]),
        cache_last_channel: floatTensor(channel),
        cache_last_time: floatTensor(synthetic([1, 5, 144, 8], 7)),
        cache_last_channel_len: int64Tensor([33]),
        drop_extra: int64Tensor([2]),
      });
      return outputs.floats("outputs");
    };
    expect(largestDifference(await run(0), await run(5))).toBe(0);
  });

  it("fails for more than 32 frames in a run", async () => {
    const signal = synthetic([80, 265], 8);
    const run = (frames: number) => streamThrough(encoder, signal, [{ frames, drop: 0 }]);
    expect((await run(249))[0]?.encoded.dims).toEqual([32, 144]);
    await expect(run(257)).rejects.toThrow();
  });

  it("computes prediction network and joint like the shipped graph", async () => {
    const feeds = {
      encoder_outputs: floatTensor(synthetic([2, 144, 3], 9)),
      targets: new Tensor("int32", Int32Array.of(1_024, 17, 300, 1_024, 0, 1_023), [2, 3]),
      target_length: new Tensor("int32", Int32Array.of(3, 3), [2]),
      input_states_1: floatTensor(synthetic([1, 2, 144], 10)),
      input_states_2: floatTensor(synthetic([1, 2, 144], 11)),
    };
    const ours = await GraphSession.open(directory, "decoder_joint.onnx");
    const theirs = await GraphSession.open(builtin, "decoder_joint.onnx");
    expect(ours.interface).toEqual(theirs.interface);
    const [found, expected] = [await ours.run(feeds), await theirs.run(feeds)];
    for (const name of ["outputs", "output_states_1", "output_states_2"]) {
      expect(found.floats(name).dims).toEqual(expected.floats(name).dims);
      const difference = largestDifference(found.floats(name), expected.floats(name));
      expect(difference, name).toBeLessThan(1e-4);
    }
  });

  it("writes the shipped tokens", async () => {
    const tokens = (folder: string) => readFile(join(folder, "tokens.txt"), "utf8");
    expect(await tokens(directory)).toBe(await tokens(builtin));
  });
});
