import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import type { OnnxNode } from "@parley/nemo-onnx/onnx/onnx-model";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { DeviceUploads } from "../../runtime/device/device-uploads";
import { RowGraphs } from "../../runtime/device/row-graphs";
import { ProviderFallback } from "../../runtime/execution-providers";
import { OnnxSession } from "../../runtime/onnx-session";
import { floatTensor } from "../../runtime/tensors";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import type { DeviceEncoder, StreamingEncoderInput, StreamingShape } from "../model/asr-model";
import { DeviceCaches } from "./device-caches";
import type { StreamCaches } from "./encoder-caches";

/** 64 KiB a stream, so that a thousand that leak are seen. */
const shape: StreamingShape = {
  layers: 1,
  width: 64,
  convolutionContext: 2,
  channelRows: 1,
  leftContext: 64,
  channelWidth: 254,
};
const channelDims = [shape.channelRows, shape.leftContext, shape.channelWidth];
const timeDims = [shape.layers, shape.width, shape.convolutionContext];

/**
 * A stand-in for an encoder: each stream's one number is added to its caches, and what comes back is
 * the caches' own: a stream with another one's caches is found out at once.
 */
function summingModel(): Uint8Array {
  const node = (operator: string, inputs: string[], outputs: string[]): OnnxNode => ({
    domain: "",
    operator,
    name: outputs.join(),
    inputs,
    outputs,
    attributes: operator === "ReduceMax" ? { keepdims: { type: "int", value: 0 } } : {},
  });
  const value = (name: string, dims: (number | string)[]) => ({
    name,
    elementType: "float32" as const,
    dims,
  });
  const axes = new Uint8Array(BigInt64Array.of(1n, 2n, 3n).buffer);
  return encodeModel({
    irVersion: 8,
    producer: "parley",
    operatorSets: { "": 18 },
    metadata: {},
    graph: {
      name: "sums",
      nodes: [
        node("Add", ["channel", "x"], ["next_channel"]),
        node("Sub", ["time", "x"], ["next_time"]),
        node("ReduceMax", ["next_channel", "axes"], ["channel_sum"]),
        node("ReduceMax", ["next_time", "axes"], ["time_sum"]),
      ],
      inputs: [
        value("x", ["batch", 1, 1, 1]),
        value("channel", ["batch", ...channelDims]),
        value("time", ["batch", ...timeDims]),
      ],
      outputs: [
        value("next_channel", ["batch", ...channelDims]),
        value("next_time", ["batch", ...timeDims]),
        value("channel_sum", ["batch"]),
        value("time_sum", ["batch"]),
      ],
      initializers: [{ name: "axes", elementType: "int64", dims: [3], data: axes }],
    },
  });
}

describe.skipIf(missingVulkan !== null)(underWebgpu("Encoder caches on a device"), () => {
  const providers = new ProviderFallback(missingVulkan === null ? ["webgpu"] : []);
  const settings = { threads: 1, providers };
  let session: OnnxSession;
  let rows: RowGraphs;
  let uploads: DeviceUploads;

  beforeAll(async () => {
    const model = { bytes: summingModel(), path: "sums.onnx", directory: "." };
    const keptOutputs = ["next_channel", "next_time"];
    session = await OnnxSession.open(model, { ...settings, keptOutputs });
    const parts = [
      { name: "channel", dims: channelDims },
      { name: "time", dims: timeDims },
    ];
    rows = new RowGraphs(parts, settings);
    uploads = new DeviceUploads(settings);
  });

  afterAll(async () => {
    await rows.close();
    await uploads.close();
    await session.release();
  });

  function cachesFor(maxStreams: number, maxBytes = Infinity): DeviceCaches {
    const encoder: DeviceEncoder = {
      freeBytes: maxBytes,
      cacheDims: (batch) => [
        [batch, ...channelDims],
        [batch, ...timeDims],
      ],
      upload: (tensor) => uploads.upload(tensor),
      join: (streams) => rows.join(streams),
      split: (caches, count) => rows.split(caches, count),
      run: async ({ batch, signal }, [channel, time], lengths) => {
        if (channel === undefined || time === undefined) throw new TypeError("two caches");
        const x = floatTensor(signal, [batch, 1, 1, 1]);
        const outputs = await session.run({ x, channel, time });
        const caches = [outputs.tensor("next_channel"), outputs.tensor("next_time")];
        expect(caches.map(({ location }) => location)).toEqual(["gpu-buffer", "gpu-buffer"]);
        const sums = outputs.floats("channel_sum");
        const differences = outputs.floats("time_sum");
        const encoded = [...sums].map((sum, row) => ({
          data: Float32Array.of(sum, differences[row] ?? NaN),
          frames: 1,
        }));
        return {
          encoded,
          caches,
          nextLengths: Array.from(lengths, (length) => Number(length) + 1),
        };
      },
    };
    return new DeviceCaches({ encoder, shape, maxStreams, maxBytes });
  }

  async function step(
    caches: DeviceCaches,
    streams: readonly StreamCaches[],
    numbers: readonly number[],
  ): Promise<number[][]> {
    const input: StreamingEncoderInput = {
      batch: streams.length,
      frames: 1,
      dropExtra: 0,
      languages: null,
      signal: Float32Array.from(numbers),
      lengths: new BigInt64Array(streams.length),
    };
    return (await caches.encode(streams, input)).map(({ data }) => [...data]);
  }

  it("belong to their streams, whoever they share runs with", async () => {
    const caches = cachesFor(100);
    const [one, two, three] = [caches.acquire(), caches.acquire(), caches.acquire()];
    expect(await step(caches, [one, two], [1, 10])).toEqual([
      [1, -1],
      [10, -10],
    ]);
    expect(await step(caches, [three, one], [100, 2])).toEqual([
      [100, -100],
      [3, -3],
    ]);
    expect(await step(caches, [two], [20])).toEqual([[30, -30]]);
    expect(await step(caches, [two, three, one], [0, 0, 0])).toEqual([
      [30, -30],
      [100, -100],
      [3, -3],
    ]);
    for (const stream of [one, two, three]) caches.release(stream);
    expect(caches.heldBytes).toBe(0);
  });

  it("are copied without the original being changed, and outlive it", async () => {
    const caches = cachesFor(100);
    const original = caches.acquire();
    await step(caches, [original], [5]);
    const copy = caches.fork(original);
    const held = caches.heldBytes;
    expect(await step(caches, [copy], [1])).toEqual([[6, -6]]);
    expect(await step(caches, [original], [2])).toEqual([[7, -7]]);
    expect(caches.heldBytes).toBe(2 * held);
    const another = caches.fork(original);
    caches.release(original);
    expect(await step(caches, [another, copy], [0, 0])).toEqual([
      [7, -7],
      [6, -6],
    ]);
    another.clear();
    expect(await step(caches, [another], [3])).toEqual([[3, -3]]);
    caches.release(another);
    caches.release(copy);
    expect(caches.heldBytes).toBe(0);
  });

  it("are given back when their stream dies during a run", async () => {
    const caches = cachesFor(100);
    const [one, two] = [caches.acquire(), caches.acquire()];
    await step(caches, [one, two], [1, 2]);
    const running = step(caches, [one, two], [1, 2]);
    caches.release(one);
    expect(await running).toEqual([
      [2, -2],
      [4, -4],
    ]);
    caches.close();
    expect(caches.heldBytes).toBe(0);
  });

  it("have no room beyond the limit", () => {
    const caches = cachesFor(100, 3.5 * 4 * (64 * 254 + 128));
    const streams = [caches.acquire(), caches.acquire(), caches.acquire()];
    expect(() => caches.acquire()).toThrow("all 3 encoder caches are in use");
    caches.release(streams[0]!);
    expect(() => caches.acquire()).not.toThrow();
  });

  it("take as much memory after a thousand streams as after a hundred", async () => {
    const caches = cachesFor(100);
    const hundredStreams = async () => {
      for (let round = 0; round < 25; round++) {
        const streams = [1, 2, 3].map(() => caches.acquire());
        await step(caches, streams, [1, 2, 3]);
        const copy = caches.fork(streams[1]!);
        await step(caches, [copy], [1]);
        caches.release(streams[0]!);
        expect(await step(caches, [streams[2]!, streams[1]!], [1, 1])).toEqual([
          [4, -4],
          [3, -3],
        ]);
        for (const stream of [streams[1]!, streams[2]!, copy]) caches.release(stream);
      }
    };
    await hundredStreams();
    const before = process.memoryUsage.rss();
    for (let hundred = 1; hundred < 10; hundred++) await hundredStreams();
    expect(caches.heldBytes).toBe(0);
    // What leaked would be 64 KiB at each of 2,250 steps and more.
    expect(process.memoryUsage.rss() - before).toBeLessThan(48 * 2 ** 20);
  });
});
