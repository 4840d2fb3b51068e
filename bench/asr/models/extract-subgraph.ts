import type { OnnxGraph, OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";

/**
 * The part of a graph that computes `outputs` from `inputs`. Nodes before the inputs, and those
 * that no output needs, are left out.
 */
export function extractSubgraph(
  graph: OnnxGraph,
  name: string,
  inputs: readonly OnnxValue[],
  outputs: readonly OnnxValue[],
): OnnxGraph {
  const given = new Set(inputs.map((input) => input.name));
  const wanted = new Set(outputs.map((output) => output.name));
  // Nodes stand in the order they run in: backwards, each comes after all that need it.
  const nodes = graph.nodes.toReversed().filter((node) => {
    const isNeeded = node.outputs.some((output) => wanted.has(output) && !given.has(output));
    if (isNeeded) for (const input of node.inputs) wanted.add(input);
    return isNeeded;
  });
  const initializers = graph.initializers.filter((tensor) => wanted.has(tensor.name));
  return { name, nodes: nodes.toReversed(), inputs, outputs, initializers };
}
