import type { DeferredGraph, DeferredTensor } from "../onnx/deferred-model";
import type { OnnxAttribute, OnnxGraph, OnnxNode, OnnxTensor } from "../onnx/onnx-model";
import type { ExportedWeight, ExportedWeights } from "./exported-weights";

/** Of a tensor with a batch norm multiplied into it; an exporter has done so already. */
const folded = /\.folded$/;

/**
 * A rebuilt graph with the exported weights, wherever they lie: none is read. Those that are joined
 * or turned otherwise than exported are so by nodes, which a runtime computes once, on loading.
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
    const placed = arranged(tensor, parts);
    initializers.push(...placed.initializers);
    nodes.push(...placed.nodes);
  }
  return { ...graph, initializers, nodes: [...nodes, ...graph.nodes] };
}

/** The weights that a tensor joins, one most often; null for one that the graph brought along. */
function partsOf({ name }: DeferredTensor, weights: ExportedWeights): ExportedWeight[] | null {
  const parts = name.replace(folded, "").split("+");
  const found = parts.flatMap((part) => weights.get(part) ?? []);
  return found.length === parts.length ? found : null;
}

/** The initialisers of one tensor, and the nodes that make it of them. */
type Arrangement = { initializers: readonly OnnxTensor[]; nodes: readonly OnnxNode[] };

function arranged(tensor: DeferredTensor, parts: readonly ExportedWeight[]): Arrangement {
  const isTurned = "readTransposed" in tensor;
  const [only] = parts;
  if (parts.length === 1 && only?.isTurned === isTurned) {
    const { name, dims } = tensor;
    return { initializers: [{ ...only.tensor, name, dims }], nodes: [] };
  }
  const name = (index: number) => (parts.length === 1 ? tensor.name : `${tensor.name}/${index}`);
  const pieces = parts.map((part, index) => arrangedPart(name(index), part, isTurned));
  const initializers = pieces.map((piece) => piece.initializer);
  const nodes = pieces.flatMap((piece) => piece.nodes);
  if (parts.length > 1) {
    const axis: OnnxAttribute = { type: "int", value: isTurned ? 1 : 0 };
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

/** A matrix or vector; that of a convolution over one frame is without its last axis. */
function arrangedPart(name: string, part: ExportedWeight, isTurned: boolean) {
  const initializer = { ...part.tensor, name, dims: part.tensor.dims.slice(0, 2) };
  if (part.isTurned === isTurned || initializer.dims.length < 2) return { initializer, nodes: [] };
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
