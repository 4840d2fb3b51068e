import { existsSync } from "node:fs";
import { rm } from "node:fs/promises";
import { GraphBuilder } from "@parley/nemo-onnx/onnx/graph-builder";
import { deferred } from "@parley/nemo-onnx/onnx/deferred-model";
import { writeModel } from "@parley/nemo-onnx/onnx/write-model";

/**
 * Writes, unless it is there, a graph of a single product with a matrix: `x` [rows, width] to `y`.
 *
 * @param width the matrix has width × width weights; it is to be beyond any cache
 */
export async function writeProduct(path: string, width: number): Promise<void> {
  if (existsSync(path)) return;
  // Left by an interrupted attempt.
  await rm(`${path}.data`, { force: true });
  const graph = new GraphBuilder();
  const x = graph.input("x", "float32", ["rows", width]);
  const values = new Float32Array(width * width).fill(1 / width);
  const matrix = graph.initializer(deferred("matrix", values, [width, width]));
  graph.output("y", graph.matMul(x, matrix), "float32", ["rows", width]);
  await writeModel(path, {
    irVersion: 9,
    producer: "parley",
    operatorSets: { "": 20 },
    metadata: {},
    graph: graph.build("product"),
  });
}
