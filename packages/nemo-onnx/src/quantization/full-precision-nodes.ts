import type { DeferredGraph } from "../onnx/deferred-model";
import type { OnnxNode } from "../onnx/onnx-model";
import { elementwiseOperators, halfOperators } from "./half-operators";

/**
 * The nodes that stay in float32 when the others become half precision: those whose operator needs
 * it, those that produce the graph's outputs, two-dimensional convolutions, and elementwise nodes
 * whose outputs only such nodes read: scores with their mask before a softmax, angles before a
 * sine.
 */
export function fullPrecisionNodes(graph: DeferredGraph): ReadonlySet<OnnxNode> {
  const outputs = new Set(graph.outputs.map(({ name }) => name));
  const full = new Set<OnnxNode>();
  const kernels = twoDimensionalKernels(graph);
  /** Values that some node reads in half precision. */
  const readAsHalf = new Set<string>();
  // In reverse order, so that all readers of a node's outputs have been visited.
  for (const node of graph.nodes.toReversed()) {
    const needsFloat32 = !halfOperators.has(node.operator) || node.domain !== "";
    const producesOutput = node.outputs.some((output) => outputs.has(output));
    const feedsFloat32 =
      elementwiseOperators.has(node.operator) &&
      !node.outputs.some((output) => readAsHalf.has(output));
    const isTwoDimensional = node.operator === "Conv" && kernels.has(node.inputs[1] ?? "");
    if (needsFloat32 || producesOutput || feedsFloat32 || isTwoDimensional) full.add(node);
    else for (const input of node.inputs) readAsHalf.add(input);
  }
  return full;
}

/**
 * Names of convolution weights [outputs, inputs, height, width]. Such convolutions read log-mels,
 * values around -10, of which half precision keeps only two decimals.
 */
function twoDimensionalKernels({ initializers }: DeferredGraph): ReadonlySet<string> {
  return new Set(initializers.flatMap(({ name, dims }) => (dims.length === 4 ? [name] : [])));
}
