import type { DeferredGraph } from "../onnx/deferred-model";
import { elementTypes, type ElementType, type OnnxNode } from "../onnx/onnx-model";

/** Operators with bool outputs. */
const comparisons = new Set(["Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal"]);
/** Operators with int64 outputs. */
const counts = new Set(["Shape", "Size", "ArgMax", "ArgMin", "NonZero"]);

/**
 * The float32 values of a graph: inputs, weights and values computed from them. Outputs are assumed
 * to have the type of the first input, except for the operators that define another type.
 *
 * @returns names of the values
 */
export function floatValues(graph: DeferredGraph): ReadonlySet<string> {
  const types = new Map<string, ElementType>();
  for (const { name, elementType } of [...graph.inputs, ...graph.initializers]) {
    types.set(name, elementType);
  }
  for (const node of graph.nodes) {
    const type = outputType(node, types);
    if (type === undefined) continue;
    for (const output of node.outputs) types.set(output, type);
  }
  return new Set([...types].flatMap(([name, type]) => (type === "float32" ? [name] : [])));
}

function outputType(
  { operator, inputs, attributes }: OnnxNode,
  types: ReadonlyMap<string, ElementType>,
): ElementType | undefined {
  if (comparisons.has(operator) || operator === "Or" || operator === "Not") return "bool";
  if (counts.has(operator)) return "int64";
  if (operator === "Cast") {
    const isFloat = attributes.to?.type === "int" && attributes.to.value === elementTypes.float32;
    return isFloat ? "float32" : undefined;
  }
  // `Where` has the type of the values, not of its condition.
  return types.get(inputs[operator === "Where" ? 1 : 0] ?? "");
}
