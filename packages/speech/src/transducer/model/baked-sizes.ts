import { GraphIndex } from "@parley/nemo-onnx/onnx/graph-index";
import type { ModelOutline } from "@parley/nemo-onnx/onnx/inspect-model";
import type { OnnxNode } from "@parley/nemo-onnx/onnx/onnx-model";
import type { EncoderInterface } from "./encoder-interface";

/** Sizes that NeMo's export writes into the graph as constants and nowhere else. */
export type BakedSizes = {
  /** Encoder frames of look-ahead: outputs are cut after one more. Null without a cut. */
  rightContext: number | null;
  /** Encoder frames in the channel cache. */
  leftContext: number | null;
  /** Frames of left context of the convolutions: their kernel less one. */
  convolutionContext: number | null;
};

/** Operators that return their input, at most with other axes or another type. */
const passing = new Set(["Identity", "Cast", "Transpose", "Squeeze", "Unsqueeze"]);
/** Upper limit of a chunk in frames; a slice to the end has a far larger bound. */
const longestChunk = 10_000n;

/** Reads the sizes from the nodes that compute a cache-aware encoder's outputs. */
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

/** Node that computes a value, skipping those that only pass it on. */
function sourceOf(index: GraphIndex, value: string): OnnxNode | null {
  let node = index.producerOf(value);
  while (node !== null && passing.has(node.operator)) {
    const [input] = node.inputs;
    if (input === undefined) return null;
    node = index.producerOf(input);
  }
  return node;
}

/** Constant m of `min(value, m)`. */
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

/** Constant n of `value[..., :n]`. */
function sliceEnd(index: GraphIndex, value: string): number | null {
  const node = sourceOf(index, value);
  if (node?.operator !== "Slice" || index.integerOf(node.inputs[1]) !== 0n) return null;
  return inRange(index.integerOf(node.inputs[2]));
}

function inRange(value: bigint | null): number | null {
  return value !== null && value > 0n && value <= longestChunk ? Number(value) : null;
}

/** Kernel less one of the depthwise convolutions, the only ones on one axis wider than one. */
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
