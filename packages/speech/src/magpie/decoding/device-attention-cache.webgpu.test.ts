import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import type { OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { withWholeStates } from "@parley/nemo-onnx/onnx/with-whole-states";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { SharedTensors } from "../../runtime/device/shared-tensors";
import { ProviderFallback } from "../../runtime/execution-providers";
import { floatsOf, OnnxSession } from "../../runtime/onnx-session";
import { floatTensor, type Tensor } from "../../runtime/tensors";
import { graphNode } from "../../testing/graph-node";
import { missingVulkan, underWebgpu } from "../../testing/missing-vulkan";
import { AttentionCache } from "./attention-cache";
import type { DecoderCache, RowCache } from "./decoder-cache";
import { DeviceAttentionCache } from "./device-attention-cache";
import { RowArranger } from "./row-arranger";

const width = 4;
const names = ["k_0", "v_0"];

/** A stand-in for a decoder of one layer: the new keys are `x`, the new values its negative. */
function standIn(isWhole: boolean): Uint8Array {
  const value = (name: string, time: string): OnnxValue => ({
    name,
    elementType: "float32",
    dims: [time, "rows", width],
  });
  const model = {
    irVersion: 8,
    producer: "parley",
    operatorSets: { "": 18 },
    metadata: {},
    graph: {
      name: "stand-in",
      nodes: [graphNode("Identity", "x", "new_k_0"), graphNode("Neg", "x", "new_v_0")],
      inputs: [value("x", "new"), ...names.map((name) => value(`past_${name}`, "past"))],
      outputs: names.map((name) => value(`new_${name}`, "new")),
      initializers: [],
    },
  };
  const states = names.map((name) => ({
    past: `past_${name}`,
    added: `new_${name}`,
    whole: `present_${name}`,
    axis: 0,
    kept: null,
  }));
  return encodeModel(isWhole ? withWholeStates(model, states) : model);
}

describe.skipIf(missingVulkan !== null)(underWebgpu("Keys and values on a device"), () => {
  const providers = new ProviderFallback(missingVulkan === null ? ["webgpu"] : []);
  const settings = { threads: 1, providers };
  const arranger = new RowArranger(settings, width);
  let onDevice: OnnxSession;
  let onCpu: OnnxSession;
  let reader: OnnxSession;

  beforeAll(async () => {
    const model = (bytes: Uint8Array) => ({ bytes, path: "stand-in.onnx", directory: "." });
    const keptOutputs = names.map((name) => `present_${name}`);
    onDevice = await OnnxSession.open(model(standIn(true)), { ...settings, keptOutputs });
    // The same without a wish to keep: its outputs can be read.
    reader = await OnnxSession.open(model(standIn(true)), settings);
    onCpu = await OnnxSession.open(model(standIn(false)), { threads: 1 });
  });

  afterAll(async () => {
    await arranger.close();
    for (const session of [onDevice, onCpu, reader]) await session.release();
  });

  /** Rows that join, of `length` positions with values of their own. */
  function joining(length: number, seed: number): RowCache {
    const part = (sign: number) =>
      floatTensor(
        Float32Array.from({ length: length * width }, (_, at) => sign * (seed + at / 100)),
        [length, 1, width],
      );
    return { length, parts: new SharedTensors([part(1), part(-1)]) };
  }

  /** What a step would be given, read back. */
  async function contents(cache: DecoderCache): Promise<number[][]> {
    const rows = cache.lengths.length;
    const feeds = cache.feeds();
    const read = async (tensors: Record<string, Tensor>) => {
      const x = floatTensor(new Float32Array(rows * width), [1, rows, width]);
      const outputs = await reader.run({ x, ...tensors });
      return names.map((name) => {
        const values = floatsOf(outputs.tensor(`present_${name}`));
        return [...values.subarray(0, cache.time * rows * width)];
      });
    };
    return await read(feeds);
  }

  it("are those of the processor, over many steps with rows that come and go", async () => {
    const host = new AttentionCache({ layers: 1, width, capacity: 300 });
    const device = new DeviceAttentionCache(arranger, 1);
    const rearrange = async (rows: readonly (number | RowCache)[]) => {
      await host.rearrange(rows);
      await device.rearrange(rows);
      expect([device.lengths, device.time]).toEqual([host.lengths, host.time]);
      expect(await contents(device)).toEqual(await contents(host));
    };
    let number = 0;
    const steps = async (count: number) => {
      for (let step = 0; step < count; step++) {
        const rows = host.lengths.length;
        number++;
        const values = Float32Array.from({ length: rows * width }, (_, at) => number + at / 10);
        const x = floatTensor(values, [1, rows, width]);
        host.append(await onCpu.run({ x, ...host.feeds() }));
        device.append(await onDevice.run({ x, ...device.feeds() }));
        const { past_k_0: keys } = device.feeds();
        expect(keys?.location).toBe("gpu-buffer");
      }
      expect(await contents(device)).toEqual(await contents(host));
    };
    await rearrange([joining(5, 1), joining(5, 2)]);
    await steps(40);
    await rearrange([0, joining(5, 3), 1, joining(5, 4)]);
    await steps(40);
    await rearrange([1, 3]);
    await steps(30);
    await rearrange([1, joining(90, 5), joining(90, 6), 0]);
    await steps(10);
    await rearrange([0, 3]);
    await steps(5);
    device.close();
    expect(device.feeds()).toEqual({});
  });

  it("take as much memory after a thousand rows as after a hundred", async () => {
    const length = 1_000;
    const hundred = async () => {
      for (let round = 0; round < 50; round++) {
        const cache = new DeviceAttentionCache(arranger, 1);
        await cache.rearrange([joining(length, 1), joining(length, 2)]);
        await cache.rearrange([1, 0]);
        cache.close();
      }
    };
    await hundred();
    const before = process.memoryUsage.rss();
    for (let round = 1; round < 10; round++) await hundred();
    // What leaked would be 64 KiB at each of 1,800 changes.
    expect(process.memoryUsage.rss() - before).toBeLessThan(48 * 2 ** 20);
  });
});
