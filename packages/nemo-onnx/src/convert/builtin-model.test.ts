import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { Tensor } from "onnxruntime-node";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { openCheckpoint } from "../checkpoint/open-checkpoint";
import { convertTransducer } from "./convert-transducer";
import {
  columnsOf,
  floatTensor,
  GraphSession,
  int64Tensor,
  largestDifference,
  zeros,
  type Floats,
} from "./testing/graph-session";
import { joinEncoded, planSteps, streamThrough } from "./testing/streaming-run";

const builtin = fileURLToPath(new URL("../../../../models/builtin/", import.meta.url));

/** Something like log-mels of speech, the same on every run. */
function madeUp(dims: readonly number[], seed: number): Floats {
  const result = zeros(dims);
  let state = seed;
  for (const index of result.data.keys()) {
    state = (state * 1_103_515_245 + 12_345) % 2 ** 31;
    result.data[index] = -9 + 3 * Math.sin(index / 50) + 4 * (state / 2 ** 31 - 0.5);
  }
  return result;
}

/** PyTorch's export of the same weights is the reference. */
describe("convertTransducer, on the built-in model", () => {
  let directory = "";
  let encoders: readonly [GraphSession, GraphSession];

  beforeAll(async () => {
    directory = join(await mkdtemp(join(tmpdir(), "parley-convert-")), "model");
    const checkpoint = await openCheckpoint(join(builtin, "builtin.nemo"));
    await convertTransducer({ checkpoint, directory, precision: "fp32" });
    await checkpoint.close();
    encoders = [
      await GraphSession.open(directory, "encoder.onnx"),
      await GraphSession.open(builtin, "encoder.onnx"),
    ];
  });
  afterAll(() => rm(join(directory, ".."), { recursive: true, force: true }));

  it("declares the same inputs and outputs", () => {
    const [ours, theirs] = encoders.map((encoder) => encoder.interface);
    expect(ours?.inputs).toEqual(theirs?.inputs);
    expect(ours?.outputs).toEqual({
      ...theirs?.outputs,
      // Left open by PyTorch, which does not see that they are fixed.
      cache_last_channel_next: ["float32", "batch", 5, 70, 144],
      cache_last_time_next: ["float32", "batch", 5, 144, 8],
    });
  });

  it.each([0, 1, 6, 13])("streams alike with right context %i", async (rightContext) => {
    const signal = madeUp([80, 850], rightContext + 1);
    const steps = planSteps(rightContext, 850);
    const [ours, theirs] = [
      await streamThrough(encoders[0], signal, steps),
      await streamThrough(encoders[1], signal, steps),
    ];
    expect(largestDifference(joinEncoded(ours), joinEncoded(theirs))).toBeLessThan(1e-4);
    const lastOf = (results: typeof ours) => results.at(-1)!;
    expect(lastOf(ours).lastChannelLength).toBe(70);
    for (const cache of ["lastChannel", "lastTime"] as const) {
      expect(largestDifference(lastOf(ours)[cache], lastOf(theirs)[cache])).toBeLessThan(1e-4);
    }
  });

  it("batches streams whose caches and lengths differ", async () => {
    const feeds = {
      audio_signal: floatTensor(madeUp([3, 80, 65], 5)),
      length: int64Tensor([65, 40, 9]),
      cache_last_channel: floatTensor(madeUp([3, 5, 70, 144], 6)),
      cache_last_time: floatTensor(madeUp([3, 5, 144, 8], 7)),
      cache_last_channel_len: int64Tensor([70, 0, 33]),
      drop_extra: int64Tensor([2]),
    };
    const ours = await encoders[0].run(feeds);
    const theirs = await encoders[1].run(feeds);
    const lengths = ours.integers("encoded_lengths");
    expect(lengths).toEqual(theirs.integers("encoded_lengths"));
    const nextLengths = ours.integers("cache_last_channel_next_len");
    expect(nextLengths).toEqual(theirs.integers("cache_last_channel_next_len"));
    const frames = (outputs: typeof ours, stream: number) => {
      const { data, dims } = outputs.floats("outputs");
      const stride = data.length / 3;
      const part = data.subarray(stream * stride, (stream + 1) * stride);
      return columnsOf({ data: part, dims: dims.slice(1) }, 0, lengths[stream]!);
    };
    for (const stream of [0, 1, 2]) {
      const difference = largestDifference(frames(ours, stream), frames(theirs, stream));
      expect(difference).toBeLessThan(1e-4);
    }
  });

  it("does not take more than the 32 frames that a run may have", async () => {
    const signal = madeUp([80, 265], 8);
    const run = (frames: number) => streamThrough(encoders[0], signal, [{ frames, drop: 0 }]);
    expect((await run(249))[0]?.encoded.dims).toEqual([32, 144]);
    await expect(run(257)).rejects.toThrow();
  });

  it("predicts and joins alike", async () => {
    const feeds = {
      encoder_outputs: floatTensor(madeUp([2, 144, 3], 9)),
      targets: new Tensor("int32", Int32Array.of(1_024, 17, 300, 1_024, 0, 1_023), [2, 3]),
      target_length: new Tensor("int32", Int32Array.of(3, 3), [2]),
      input_states_1: floatTensor(madeUp([1, 2, 144], 10)),
      input_states_2: floatTensor(madeUp([1, 2, 144], 11)),
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

  it("keeps the tokens", async () => {
    const tokens = (folder: string) => readFile(join(folder, "tokens.txt"), "utf8");
    expect(await tokens(directory)).toBe(await tokens(builtin));
  });
});
