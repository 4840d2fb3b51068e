import type { OnnxGraph, OnnxNode, OnnxTensor } from "../onnx/onnx-model";

/** A weight of an exported graph. */
export type ExportedWeight = {
  readonly tensor: OnnxTensor;
  /** Shape in the checkpoint: [outputs, inputs, …]. */
  readonly shape: readonly number[];
  /** True for a matrix that the exporter transposed to [inputs, outputs] for `MatMul`. */
  readonly isTransposed: boolean;
};

/** Exported weights by their names in a checkpoint, such as `encoder.layers.0.norm_out.weight`. */
export type ExportedWeights = ReadonlyMap<string, ExportedWeight>;

/**
 * Name of a weight that the exporter kept; without `encoder.` when the encoder was exported alone.
 */
const keptName = /^(?:encoder\.)?((?:pre_encode|layers\.\d+)\..+)$/;
/** Name of a node: the path of its module, then the operator. */
const nodePath = /^\/?(?:encoder\/)?((?:pre_encode|layers\.\d+)\/.+)\/(?:MatMul|Conv)$/;

/**
 * Finds the weights of an encoder in a graph of `torch.onnx.export`. Most keep their names. Weights
 * that the exporter changed (transposed matrices, batch norms folded into convolutions) are
 * renamed, but the names of their nodes contain the module's path.
 *
 * @returns null when the graph has other weights, weights other than float32, or weights whose data
 *   do not have the size of their shape
 */
export function findExportedWeights({ initializers, nodes }: OnnxGraph): ExportedWeights | null {
  const tensors = withCopies(initializers, nodes);
  const weights = new Map<string, ExportedWeight>();
  const placed = new Set<string>();
  const place = (name: string, tensor: OnnxTensor, isTransposed: boolean) => {
    const shape = isTransposed ? tensor.dims.toReversed() : tensor.dims;
    weights.set(`encoder.${name}`, { tensor, shape, isTransposed });
    placed.add(tensor.name);
  };
  for (const [name, tensor] of tensors) {
    const kept = keptName.exec(name)?.[1];
    if (kept !== undefined) place(kept, tensor, false);
  }
  for (const node of nodes) {
    const module = nodePath.exec(node.name)?.[1]?.replaceAll("/", ".");
    if (module === undefined) continue;
    for (const [input, part] of [
      [1, "weight"],
      [2, "bias"],
    ] as const) {
      const name = node.inputs[input] ?? "";
      const tensor = tensors.get(name);
      if (tensor === undefined || keptName.test(name)) continue;
      place(`${module}.${part}`, tensor, node.operator === "MatMul");
    }
  }
  const sliced = new Set(nodes.flatMap(slicedValue));
  const areAllKnown = initializers.every(
    (tensor) => placed.has(tensor.name) || sliced.has(tensor.name) || isSmall(tensor),
  );
  return areAllKnown && [...weights.values()].every(({ tensor }) => isUsable(tensor))
    ? weights
    : null;
}

/** Tensors by name. Of equal tensors the exporter keeps the first, and copies it by `Identity`. */
function withCopies(
  initializers: readonly OnnxTensor[],
  nodes: readonly OnnxNode[],
): Map<string, OnnxTensor> {
  const tensors = new Map(initializers.map((tensor) => [tensor.name, tensor]));
  for (const { operator, inputs, outputs } of nodes) {
    const tensor = tensors.get(inputs[0] ?? "");
    const [name] = outputs;
    if (operator === "Identity" && tensor !== undefined && name !== undefined) {
      tensors.set(name, tensor);
    }
  }
  return tensors;
}

/** The input of a slice: the position table, the only large constant that is not a weight. */
function slicedValue({ operator, inputs: [data] }: OnnxNode): string[] {
  return operator === "Slice" && data !== undefined ? [data] : [];
}

/** True for axes, bounds and factors. */
function isSmall({ elementType, dims }: OnnxTensor): boolean {
  return elementType !== "float32" ? dims.length < 2 : valuesIn(dims) === 1;
}

function isUsable({ elementType, dims, data }: OnnxTensor): boolean {
  const length = data instanceof Uint8Array ? data.byteLength : data.length;
  return elementType === "float32" && length === 4 * valuesIn(dims);
}

function valuesIn(dims: readonly number[]): number {
  return dims.reduce((product, length) => product * length, 1);
}
