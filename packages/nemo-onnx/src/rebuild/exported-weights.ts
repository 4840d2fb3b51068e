import type { OnnxGraph, OnnxNode, OnnxTensor } from "../onnx/onnx-model";

/** A weight of an exported graph. */
export type ExportedWeight = {
  readonly tensor: OnnxTensor;
  /** As in the checkpoint: [outputs, inputs, …]. */
  readonly shape: readonly number[];
  /** True for a matrix that the exporter turned, [inputs, outputs], to multiply with it. */
  readonly isTurned: boolean;
};

/** By the names that a checkpoint has them under, such as `encoder.layers.0.norm_out.weight`. */
export type ExportedWeights = ReadonlyMap<string, ExportedWeight>;

/** Of a weight that the exporter left as it was; the encoder may have been exported by itself. */
const keptName = /^(?:encoder\.)?((?:pre_encode|layers\.\d+)\..+)$/;
/** Of a node: its module's path, then the operator. */
const nodePath = /^\/?(?:encoder\/)?((?:pre_encode|layers\.\d+)\/.+)\/(?:MatMul|Conv)$/;

/**
 * Finds the weights of an encoder in a graph of `torch.onnx.export`. Most keep their names. Those
 * that the exporter changed (matrices turned around, batch norms multiplied into convolutions) lose
 * them, but their nodes still tell the module.
 *
 * @returns null when there are others, or others than float32 or without their values' place
 */
export function findExportedWeights({ initializers, nodes }: OnnxGraph): ExportedWeights | null {
  const tensors = withCopies(initializers, nodes);
  const weights = new Map<string, ExportedWeight>();
  const placed = new Set<string>();
  const place = (name: string, tensor: OnnxTensor, isTurned: boolean) => {
    const shape = isTurned ? tensor.dims.toReversed() : tensor.dims;
    weights.set(`encoder.${name}`, { tensor, shape, isTurned });
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
  const positions = new Set(nodes.flatMap(slicedValue));
  const areAll = initializers.every(
    (tensor) => placed.has(tensor.name) || positions.has(tensor.name) || isSmall(tensor),
  );
  return areAll && [...weights.values()].every(({ tensor }) => isUsable(tensor)) ? weights : null;
}

/** By name. Of equal ones an exporter keeps the first, and names copies of it after the others. */
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

/**
 * The one large constant that is no weight is the table of positions, of which each run takes a
 * part.
 */
function slicedValue({ operator, inputs: [data] }: OnnxNode): string[] {
  return operator === "Slice" && data !== undefined ? [data] : [];
}

/** Axes, bounds and factors. */
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
