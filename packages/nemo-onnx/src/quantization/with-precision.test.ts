import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import {
  floatTensor,
  GraphSession,
  largestDifference,
  zeros,
  type Floats,
} from "../onnx/testing/graph-session";
import { deferred, type DeferredModel } from "../onnx/deferred-model";
import { GraphBuilder } from "../onnx/graph-builder";
import { writeModel } from "../onnx/write-model";
import type { Precision } from "./precision";
import { withPrecision } from "./with-precision";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "parley-precision-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

function synthetic(dims: readonly number[], seed: number): Floats {
  const result = zeros(dims);
  for (const index of result.data.keys()) {
    result.data[index] = Math.sin((index + 1) * (index + seed));
  }
  return result;
}

const inner = 75;
const columns = 5;
const weight = synthetic([inner, columns], 3);
// One column is all zeros, and one has far larger values than the others.
for (let row = 0; row < inner; row++) {
  weight.data[row * columns + 1] = 0;
  weight.data[row * columns + 2]! *= 1_000;
}

/** y = x · W, and z = y · (A · B), which has a product of constants. */
function products(values = weight.data): DeferredModel {
  const graph = new GraphBuilder();
  const x = graph.input("x", "float32", ["rows", inner]);
  const matrix = graph.initializer(deferred("W", values, [inner, columns]));
  const y = graph.matMul(x, matrix);
  graph.output("y", y, "float32", ["rows", columns]);
  const a = graph.initializer(deferred("A", synthetic([columns, 7], 5).data, [columns, 7]));
  const b = graph.initializer(deferred("B", synthetic([7, 3], 7).data, [7, 3]));
  graph.output("z", graph.matMul(y, graph.matMul(a, b)), "float32", ["rows", 3]);
  const built = graph.build("products");
  return { irVersion: 8, producer: "test", operatorSets: { "": 17 }, metadata: {}, graph: built };
}

async function run(precision: Precision, x: Floats) {
  const file = `${precision}.onnx`;
  const model = withPrecision(products(), precision);
  await writeModel(join(directory, file), model);
  const session = await GraphSession.open(directory, file);
  const outputs = await session.run({ x: floatTensor(x) });
  return { model, y: outputs.floats("y"), z: outputs.floats("z") };
}

/** The largest difference of each column, relative to its largest value. */
function relativeErrors(found: Floats, expected: Floats): number[] {
  const [rows = 0, width = 0] = expected.dims;
  return Array.from({ length: width }, (_, column) => {
    const at = ({ data }: Floats) =>
      Array.from({ length: rows }, (_, row) => data[row * width + column] ?? NaN);
    const [ours, theirs] = [at(found), at(expected)];
    const largest = Math.max(...theirs.map(Math.abs), 1e-9);
    return Math.max(...ours.map((value, row) => Math.abs(value - theirs[row]!))) / largest;
  });
}

describe("withPrecision", () => {
  it.each([
    ["fp16", 2e-3],
    ["int8", 2e-2],
    ["int8-dynamic", 2e-2],
    ["int4", 2e-1],
  ] as const)("multiplies in %s with a small error in every column", async (precision, bound) => {
    const x = synthetic([4, inner], 11);
    const expected = await run("fp32", x);
    const { y, z } = await run(precision, x);
    expect(y.dims).toEqual([4, columns]);
    for (const error of relativeErrors(y, expected.y)) expect(error).toBeLessThan(bound);
    // The terms of z partly cancel each other; their errors do not.
    for (const error of relativeErrors(z, expected.z)) expect(error).toBeLessThan(3 * bound);
  });

  it.each([
    ["fp32", ["W", "MatMul_1"]],
    ["fp16", ["W/float16", "MatMul_1/float16"]],
  ] as const)("folds products of constants in %s", async (precision, initializers) => {
    const { model } = await run(precision, synthetic([1, inner], 1));
    expect(model.graph.nodes.filter(({ operator }) => operator === "MatMul")).toHaveLength(2);
    expect(model.graph.initializers.map(({ name }) => name)).toEqual(initializers);
  });

  it("quantizes each row of activations separately with block scales", async () => {
    const alone = synthetic([1, inner], 2);
    const together = zeros([2, inner]);
    together.data.set(alone.data);
    together.data.fill(1_000, inner);
    for (const precision of ["int8", "int4"] as const) {
      const single = await run(precision, alone);
      await rm(join(directory, `${precision}.onnx`));
      await rm(join(directory, `${precision}.onnx.data`));
      const pair = await run(precision, together);
      const first = { data: pair.y.data.subarray(0, columns), dims: [1, columns] };
      expect(largestDifference(first, single.y)).toBeLessThan(1e-4);
    }
  });

  it.each(["fp16", "int8", "int8-dynamic", "int4"] as const)(
    "refuses NaN in %s, naming the tensor",
    async (precision) => {
      const broken = weight.data.slice();
      broken[17] = NaN;
      const model = withPrecision(products(broken), precision);
      await expect(writeModel(join(directory, "broken.onnx"), model)).rejects.toMatchObject({
        code: "unsupported",
        message: expect.stringMatching(/^W has the value NaN at \d+$/) as string,
      });
    },
  );
});
