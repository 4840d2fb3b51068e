import type { DeferredGraph, DeferredTensor } from "../onnx/deferred-model";
import type { OnnxNode } from "../onnx/onnx-model";
import { pruneInitializers } from "./prune-initializers";

/** A `MatMul` of a computed value with a constant matrix [inner, columns]. */
export type WeightProduct = {
  /** The node's name, unique within the graph. */
  name: string;
  input: string;
  output: string;
  weight: DeferredTensor;
  inner: number;
  columns: number;
};

/** Nodes and weights that replace a product; they must produce the same output. */
export type Replacement = {
  nodes: readonly OnnxNode[];
  initializers: readonly DeferredTensor[];
};

/**
 * Replaces every product with a constant matrix. Embeddings, norms, biases, recurrent layers and
 * convolutions are not products of this kind and stay unchanged.
 */
export function replaceWeightProducts(
  graph: DeferredGraph,
  replace: (product: WeightProduct) => Replacement,
): DeferredGraph {
  const initializers = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const added = new Map<string, DeferredTensor>();
  const nodes = graph.nodes.flatMap((node) => {
    const product = weightProduct(node, initializers);
    if (product === null) return [node];
    const replacement = replace(product);
    for (const tensor of replacement.initializers) added.set(tensor.name, tensor);
    return replacement.nodes;
  });
  return pruneInitializers({
    ...graph,
    nodes,
    initializers: [...graph.initializers, ...added.values()],
  });
}

function weightProduct(
  { domain, operator, name, inputs, outputs }: OnnxNode,
  initializers: ReadonlyMap<string, DeferredTensor>,
): WeightProduct | null {
  const [input, matrix] = inputs;
  const [output] = outputs;
  const weight = initializers.get(matrix ?? "");
  if (domain !== "" || operator !== "MatMul" || input === undefined || output === undefined) {
    return null;
  }
  if (weight?.elementType !== "float32" || weight.dims.length !== 2) return null;
  const [inner = 0, columns = 0] = weight.dims;
  return { name, input, output, weight, inner, columns };
}
