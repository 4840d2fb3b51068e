import type { DeferredGraph } from "../onnx/deferred-model";
import { elementTypes, type ElementType, type OnnxNode } from "../onnx/onnx-model";

const comparisons = new Set(["Less", "LessOrEqual", "Greater", "GreaterOrEqual", "Equal"]);
const countings = new Set(["Shape", "Size", "ArgMax", "ArgMin", "NonZero"]);

/**
 * Which values of a graph are float32: inputs, weights and all that is computed from them. An
 * operator's outputs are taken to be of its first input's type, but for the few that tell another.
 *
 * @returns names
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
  if (countings.has(operator)) return "int64";
  if (operator === "Cast") {
    const isFloat = attributes.to?.type === "int" && attributes.to.value === elementTypes.float32;
    return isFloat ? "float32" : undefined;
  }
  // Of the values to choose from, not of the condition.
  return types.get(inputs[operator === "Where" ? 1 : 0] ?? "");
}
