import { GraphIndex } from "@parley/nemo-onnx/onnx/graph-index";
import type { ModelOutline } from "@parley/nemo-onnx/onnx/inspect-model";
import type { OnnxNode } from "@parley/nemo-onnx/onnx/onnx-model";
import type { EncoderInterface } from "./encoder-interface";

/** Sizes that NeMo's export writes into the graph as constants and tells nowhere else. */
export type BakedSizes = {
  /** Encoder frames of look-ahead: outputs are cut after one more. Null when nothing is cut. */
  rightContext: number | null;
  /** Encoder frames that the channel cache keeps. */
  leftContext: number | null;
  /** Frames that the convolutions look back: their kernel less one. */
  convolutionContext: number | null;
};

/** Operators that pass a value on as it is, or with its axes changed. */
const passing = new Set(["Identity", "Cast", "Transpose", "Squeeze", "Unsqueeze"]);
/** More than any chunk; a slice to the end has a far larger bound. */
const longestChunk = 10_000n;

/** Reads them from the nodes that compute a cache-aware encoder's outputs. */
export function readBakedSizes(
  graph: ModelOutline,
  { encoded, encodedLength, caches }: EncoderInterface,
): BakedSizes {
  const index = new GraphIndex(graph);
  const lengthCut = upperBound(index, encodedLength);
  const frames = sliceEnd(index, encoded) ?? lengthCut;
  return {
    rightContext: frames === null ? null : frames - 1,
    leftContext: caches === null ? null : upperBound(index, caches.nextLastChannelLength),
    convolutionContext: kernelContext(graph.nodes),
  };
}

/** The node that a value comes from, those that only pass it on left out. */
function sourceOf(index: GraphIndex, value: string): OnnxNode | null {
  let node = index.producerOf(value);
  while (node !== null && passing.has(node.operator)) {
    const [input] = node.inputs;
    if (input === undefined) return null;
    node = index.producerOf(input);
  }
  return node;
}

/** m of `min(value, m)`. */
function upperBound(index: GraphIndex, value: string): number | null {
  const node = sourceOf(index, value);
  if (node === null) return null;
  const bound =
    node.operator === "Clip"
      ? index.integerOf(node.inputs[2])
      : node.operator === "Min"
        ? (index.integerOf(node.inputs[1]) ?? index.integerOf(node.inputs[0]))
        : null;
  return inRange(bound);
}

/** n of `value[..., :n]`. */
function sliceEnd(index: GraphIndex, value: string): number | null {
  const node = sourceOf(index, value);
  if (node?.operator !== "Slice" || index.integerOf(node.inputs[1]) !== 0n) return null;
  return inRange(index.integerOf(node.inputs[2]));
}

function inRange(value: bigint | null): number | null {
  return value !== null && value > 0n && value <= longestChunk ? Number(value) : null;
}

/** Kernel of the depthwise convolutions, the only ones along one axis that are wider than one. */
function kernelContext(nodes: readonly OnnxNode[]): number | null {
  const kernels = new Set<number>();
  for (const { operator, attributes } of nodes) {
    const kernel = attributes.kernel_shape;
    if (!operator.startsWith("Conv") || kernel?.type !== "ints") continue;
    const [length = 1, ...others] = kernel.value;
    if (others.length === 0 && length > 1) kernels.add(length);
  }
  const [kernel] = kernels;
  return kernels.size === 1 && kernel !== undefined ? kernel - 1 : null;
}
