import type { DeferredModel } from "../onnx/deferred-model";
import type { OnnxNode } from "../onnx/onnx-model";
import { fullPrecisionNodes } from "./full-precision-nodes";
import { layoutOperators } from "./half-operators";
import { MixedPrecisionGraph, type FloatType } from "./mixed-precision-graph";
import { floatValues } from "./float-values";

/**
 * Converts a model to half precision wherever that is safe. The graph's inputs and outputs stay
 * float32, so that callers need not change.
 *
 * @throws ModelError `unsupported` when a weight that is read exceeds the range of half precision
 */
export function withHalfPrecision(model: DeferredModel): DeferredModel {
  const { graph } = model;
  const floats = floatValues(graph);
  const full = fullPrecisionNodes(graph);
  const mixed = new MixedPrecisionGraph(graph);
  for (const node of graph.nodes) {
    if (node.operator === "Shape") {
      mixed.addNode(node, [], "float32");
      continue;
    }
    const inputs = node.inputs.filter((input) => floats.has(input));
    const type = typeOf(node, inputs, full, mixed);
    mixed.addNode(
      {
        ...node,
        inputs: node.inputs.map((name) => (floats.has(name) ? mixed.valueAs(name, type) : name)),
      },
      node.outputs.filter((output) => floats.has(output)),
      type,
    );
  }
  const { nodes, initializers } = mixed;
  return { ...model, graph: { ...graph, nodes, initializers } };
}

function typeOf(
  node: OnnxNode,
  floatInputs: readonly string[],
  full: ReadonlySet<OnnxNode>,
  mixed: MixedPrecisionGraph,
): FloatType {
  if (full.has(node)) return "float32";
  // Moving a mask in another precision than it is made and used in would only add casts.
  const movesFloat32 =
    layoutOperators.has(node.operator) &&
    floatInputs.every((input) => mixed.isProducedAsFloat32(input));
  return movesFloat32 ? "float32" : "float16";
}
