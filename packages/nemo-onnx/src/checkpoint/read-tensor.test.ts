import { describe, expect, it } from "vitest";
import { byteSource } from "../archive/byte-source";
import { memorySource } from "../archive/testing/sparse-source";
import type { TensorElement } from "./decode-elements";
import { rowMajorStrides } from "./tensor-layout";
import { readTensor } from "./read-tensor";

const stored = Float32Array.from({ length: 24 }, (_, index) => index);
const storage = memorySource("0", new Uint8Array(stored.buffer));

async function read(shape: readonly number[], strides: readonly number[], offset = 0) {
  return [...(await readTensor(storage, "float32", { shape, strides, offset }))];
}

describe("readTensor", () => {
  it("resolves strides and offsets", async () => {
    expect(await read([2, 3], [3, 1], 4)).toEqual([4, 5, 6, 7, 8, 9]);
    expect(await read([2, 3], [1, 2])).toEqual([0, 2, 4, 1, 3, 5]);
    expect(await read([3, 2], [8, 2], 1)).toEqual([1, 3, 9, 11, 17, 19]);
    expect(await read([2, 2, 2], [1, 2, 12], 3)).toEqual([3, 15, 5, 17, 4, 16, 6, 18]);
    expect(await read([2, 3], [0, 1])).toEqual([0, 1, 2, 0, 1, 2]);
    expect(await read([2, 3], [5, 0])).toEqual([0, 0, 0, 5, 5, 5]);
    expect(await read([], [], 7)).toEqual([7]);
    expect(await read([1, 2], [99, 1], 22)).toEqual([22, 23]);
    expect(await read([0, 3], [3, 1], 24)).toEqual([]);
  });

  it.each<[TensorElement, Uint8Array, number[]]>([
    ["float32", new Uint8Array(Float32Array.of(1.5, -0, Infinity).buffer), [1.5, -0, Infinity]],
    ["float64", new Uint8Array(Float64Array.of(0.1, -2).buffer), [Math.fround(0.1), -2]],
    ["int64", new Uint8Array(BigInt64Array.of(-3n, 2n ** 33n).buffer), [-3, 2 ** 33]],
    ["int32", new Uint8Array(Int32Array.of(-3, 2 ** 30).buffer), [-3, 2 ** 30]],
    ["bool", Uint8Array.of(0, 1, 7), [0, 1, 1]],
    [
      "float16",
      new Uint8Array(Uint16Array.of(0x3c00, 0xc500, 0x7bff, 0x0001, 0x03ff, 0x0400, 0x8000).buffer),
      [1, -5, 65504, 2 ** -24, 1023 * 2 ** -24, 2 ** -14, -0],
    ],
    [
      "float16",
      new Uint8Array(Uint16Array.of(0x7c00, 0xfc00, 0x7e00).buffer),
      [Infinity, -Infinity, NaN],
    ],
    [
      "bfloat16",
      new Uint8Array(Uint16Array.of(0x3f80, 0xc0a0, 0x0001, 0x7f80, 0x7fc0).buffer),
      [1, -5, 2 ** -133, Infinity, NaN],
    ],
  ])("reads %s", async (type, bytes, values) => {
    const layout = { shape: [values.length], strides: [1], offset: 0 };
    expect([...(await readTensor(memorySource("0", bytes), type, layout))]).toEqual(values);
  });

  // A storage generated on each read: every 251st element is true.
  const period = 251;
  const reads: { position: number; length: number }[] = [];
  const large = byteSource("0", 5_000_000, (target, position) => {
    reads.push({ position, length: target.length });
    for (let index = 0; index < target.length; index += 1) {
      target[index] = (position + index) % period === 0 ? 1 : 0;
    }
    return Promise.resolve();
  });

  it.each([
    ["in order", [1000, 5000], rowMajorStrides([1000, 5000])],
    ["transposed", [1000, 5000], [1, 1000]],
    ["one column", [5000], [1000]],
  ])("reads a large tensor once, in pieces: %s", async (_, shape, strides) => {
    reads.length = 0;
    const values = await readTensor(large, "bool", { shape, strides, offset: 0 });
    const [rowStep = 0, columnStep = 0] = strides;
    const columns = shape[1] ?? 1;
    const wrong = values.findIndex((value, index) => {
      const place = Math.floor(index / columns) * rowStep + (index % columns) * columnStep;
      return value !== (place % period === 0 ? 1 : 0);
    });
    expect(wrong).toBe(-1);
    expect(reads.every(({ length }) => length <= 2 ** 20)).toBe(true);
    expect(reads.reduce((sum, { length }) => sum + length, 0)).toBeLessThanOrEqual(5_000_000);
  });
});
