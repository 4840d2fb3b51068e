import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { InferenceSession, Tensor } from "onnxruntime-node";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { decodeModel } from "./decode-model";
import { deferred, type DeferredModel } from "./deferred-model";
import { GraphBuilder } from "./graph-builder";
import { writeModel } from "./write-model";

let directory = "";
beforeEach(async () => {
  directory = await mkdtemp(join(tmpdir(), "parley-onnx-"));
});
afterEach(() => rm(directory, { recursive: true, force: true }));

/** y = (x · W + b)², with a weight of 300 × 3. */
function quadratic(): DeferredModel {
  const builder = new GraphBuilder();
  const x = builder.input("x", "float32", ["batch", 300]);
  const scope = builder.inScope("layer");
  const matrix = Float32Array.from({ length: 900 }, (_, index) => index / 900);
  const weight = scope.initializer(deferred("W", matrix, [300, 3]));
  const bias = scope.initializer(deferred("b", Float32Array.of(1, 2, 3), [3]));
  const again = scope.initializer(deferred("V", matrix, [300, 3]));
  const sum = scope.add(scope.matMul(x, weight), bias);
  const other = scope.add(scope.matMul(x, again), bias);
  builder.output("y", scope.multiply(sum, other), "float32", ["batch", 3]);
  const graph = builder.build("quadratic");
  return { irVersion: 8, producer: "test", operatorSets: { "": 17 }, metadata: {}, graph };
}

describe("writeModel", () => {
  it("writes a model that the runtime can load", async () => {
    const path = join(directory, "quadratic.onnx");
    const sizes: number[] = [];
    await writeModel(path, quadratic(), { onTensor: (bytes) => sizes.push(bytes) });
    expect(sizes).toEqual([3_600, 12, 3_600]);
    const session = await InferenceSession.create(path);
    const x = new Float32Array(600);
    x[1] = 1;
    x[301] = 2;
    const { y } = await session.run({ x: new Tensor("float32", x, [2, 300]) });
    const line = [3, 4, 5].map((index, column) => [index / 900, column + 1] as const);
    const expected = [1, 2].flatMap((factor) => line.map(([w, b]) => (factor * w + b) ** 2));
    expect(y?.dims).toEqual([2, 3]);
    Array.from(y!.data, Number).forEach((value, index) => {
      expect(value).toBeCloseTo(expected[index]!, 5);
    });
    await session.release();
  });

  it("writes larger tensors to the data file, aligned, and names nodes after their scope", async () => {
    const path = join(directory, "quadratic.onnx");
    await writeModel(path, quadratic());
    const { graph } = decodeModel(new Uint8Array(await readFile(path)), "quadratic.onnx");
    const location = "quadratic.onnx.data";
    expect(graph.initializers.map(({ name, data }) => [name, data])).toEqual([
      ["W", { location, offset: 0, length: 3_600 }],
      ["b", new Uint8Array(Float32Array.of(1, 2, 3).buffer)],
      ["V", { location, offset: 3_648, length: 3_600 }],
    ]);
    expect(graph.nodes.map(({ name }) => name)).toEqual([
      "layer/MatMul_0",
      "layer/Add_0",
      "layer/MatMul_1",
      "layer/Add_1",
      "layer/Mul_0",
      "output/y",
    ]);
  });

  it("refuses a tensor whose data do not have the size of its shape", async () => {
    const model = quadratic();
    const wrong = { ...model.graph.initializers[0]!, dims: [300, 4] };
    const graph = { ...model.graph, initializers: [wrong] };
    await expect(
      writeModel(join(directory, "wrong.onnx"), { ...model, graph }),
    ).rejects.toMatchObject({ code: "mismatch", message: "W has 3600 bytes, not 4800" });
  });
});
