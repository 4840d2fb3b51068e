import type { DeferredGraph, DeferredTensor } from "../onnx/deferred-model";
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor } from "../onnx/onnx-model";
import type { ExportedWeight, ExportedWeights } from "./exported-weights";

/** Suffix of a tensor with a folded batch norm, which the exporter has folded already. */
const folded = /\.folded$/;

/**
 * The rebuilt graph with the exported weights, which may be external and are not read. Weights that
 * the rebuilt graph joins or transposes are joined or transposed by nodes, which a runtime folds
 * once, on loading.
 */
export async function placeWeights(
  graph: DeferredGraph,
  weights: ExportedWeights,
): Promise<OnnxGraph> {
  const initializers: OnnxTensor[] = [];
  const nodes: OnnxNode[] = [];
  for (const tensor of graph.initializers) {
    const parts = partsOf(tensor, weights);
    if (parts === null) {
      const { name, elementType, dims } = tensor;
      initializers.push({ name, elementType, dims, data: await tensor.read() });
      continue;
    }
    const placed = placeTensor(tensor, parts);
    initializers.push(...placed.initializers);
    nodes.push(...placed.nodes);
  }
  return { ...graph, initializers, nodes: [...nodes, ...graph.nodes] };
}

/** The exported weights that a tensor consists of, usually one; null for constants of the graph. */
function partsOf({ name }: DeferredTensor, weights: ExportedWeights): ExportedWeight[] | null {
  const parts = name.replace(folded, "").split("+");
  const found = parts.flatMap((part) => weights.get(part) ?? []);
  return found.length === parts.length ? found : null;
}

/** The initialisers of one tensor, and the nodes that compute the tensor from them. */
type Placement = { initializers: readonly OnnxTensor[]; nodes: readonly OnnxNode[] };

function placeTensor(tensor: DeferredTensor, parts: readonly ExportedWeight[]): Placement {
  const isTransposed = "readTransposed" in tensor;
  const [only] = parts;
  if (parts.length === 1 && only?.isTransposed === isTransposed) {
    const { name, dims } = tensor;
    return { initializers: [{ ...only.tensor, name, dims }], nodes: [] };
  }
  const name = (index: number) => (parts.length === 1 ? tensor.name : `${tensor.name}/${index}`);
  const pieces = parts.map((part, index) => placePart(name(index), part, isTransposed));
  const initializers = pieces.map((piece) => piece.initializer);
  const nodes = pieces.flatMap((piece) => piece.nodes);
  if (parts.length > 1) {
    const axis: OnnxAttribute = { type: "int", value: isTransposed ? 1 : 0 };
    nodes.push(
      node(
        "Concat",
        parts.map((_, index) => name(index)),
        tensor.name,
        { axis },
      ),
    );
  }
  return { initializers, nodes };
}

/** A matrix or vector; the kernel of a convolution over one frame loses its last axis. */
function placePart(name: string, part: ExportedWeight, isTransposed: boolean) {
  const initializer = { ...part.tensor, name, dims: part.tensor.dims.slice(0, 2) };
  if (part.isTransposed === isTransposed || initializer.dims.length < 2)
    return { initializer, nodes: [] };
  const stored = `${name}/stored`;
  const perm: OnnxAttribute = { type: "ints", value: [1, 0] };
  return {
    initializer: { ...initializer, name: stored },
    nodes: [node("Transpose", [stored], name, { perm })],
  };
}

function node(
  operator: string,
  inputs: readonly string[],
  output: string,
  attributes: OnnxNode["attributes"],
): OnnxNode {
  return {
    domain: "",
    operator,
    name: `${output}/${operator}`,
    inputs,
    outputs: [output],
    attributes,
  };
}
