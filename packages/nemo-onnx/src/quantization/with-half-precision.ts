import type { DeferredModel } from "../onnx/deferred-model";
import type { OnnxNode } from "../onnx/onnx-model";
import { fullPrecisionNodes } from "./full-precision-nodes";
import { layoutOperators } from "./half-operators";
import { MixedPrecisionGraph, type FloatType } from "./mixed-precision-graph";
import { floatValues } from "./float-values";

/**
 * Computes in half precision wherever that is safe. The graph's inputs and outputs stay float32, so
 * that whoever runs it need not know.
 *
 * @throws ModelError `unsupported`, from reading a weight that half precision does not hold
 */
export function withHalfPrecision(model: DeferredModel): DeferredModel {
  const { graph } = model;
  const floats = floatValues(graph);
  const full = fullPrecisionNodes(graph);
  const mix = new MixedPrecisionGraph(graph);
  for (const node of graph.nodes) {
    if (node.operator === "Shape") {
      mix.push(node, [], "float32");
      continue;
    }
    const inputs = node.inputs.filter((input) => floats.has(input));
    const type = typeOf(node, inputs, full, mix);
    mix.push(
      {
        ...node,
        inputs: node.inputs.map((name) => (floats.has(name) ? mix.as(name, type) : name)),
      },
      node.outputs.filter((output) => floats.has(output)),
      type,
    );
  }
  const { nodes, initializers } = mix;
  return { ...model, graph: { ...graph, nodes, initializers } };
}

function typeOf(
  node: OnnxNode,
  floatInputs: readonly string[],
  full: ReadonlySet<OnnxNode>,
  mix: MixedPrecisionGraph,
): FloatType {
  if (full.has(node)) return "float32";
  // Nothing is gained by moving a mask in another precision than it is made and used in.
  const isKept =
    layoutOperators.has(node.operator) && floatInputs.every((input) => mix.isComputedInFull(input));
  return isKept ? "float32" : "float16";
}
