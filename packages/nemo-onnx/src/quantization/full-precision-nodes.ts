import type { DeferredGraph } from "../onnx/deferred-model";
import type { OnnxNode } from "../onnx/onnx-model";
import { elementwiseOperators, halfOperators } from "./half-operators";

/**
 * The nodes that compute in float32 when the others do not: those whose operator needs it, those
 * that make the graph's outputs, convolutions over two axes, and sums and products that go into
 * such nodes only: scores with their mask before a softmax, angles before a sine.
 */
export function fullPrecisionNodes(graph: DeferredGraph): ReadonlySet<OnnxNode> {
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const full = new Set<OnnxNode>();
  const planes = planarWeights(graph);
  /** Values that some node takes in half precision. */
  const takenAsHalf = new Set<string>();
  // Backwards, so that the takers of a node's outputs are known.
  for (const node of graph.nodes.toReversed()) {
    const isNeeded = !halfOperators.has(node.operator) || node.domain !== "";
    const makesOutput = node.outputs.some((output) => outputs.has(output));
    const servesFull =
      elementwiseOperators.has(node.operator) &&
      !node.outputs.some((output) => takenAsHalf.has(output));
    const isPlanar = node.operator === "Conv" && planes.has(node.inputs[1] ?? "");
    if (isNeeded || makesOutput || servesFull || isPlanar) full.add(node);
    else for (const input of node.inputs) takenAsHalf.add(input);
  }
  return full;
}

/**
 * Weights [outputs, inputs, height, width]. Such convolutions stand where a network looks at
 * log-mels: numbers around -10, of which half precision keeps two decimals.
 */
function planarWeights({ initializers }: DeferredGraph): ReadonlySet<string> {
  return new Set(initializers.flatMap(({ name, dims }) => (dims.length === 4 ? [name] : [])));
}
