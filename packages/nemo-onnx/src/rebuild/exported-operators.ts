import type { EncoderShape } from "../graphs/encoder-shape";
import type { OnnxAttribute, OnnxGraph } from "../onnx/onnx-model";

/** Operators that move values, count, and mask; how many there are is up to the exporter. */
const arranging = new Set(
  [
    "Add And Cast Clip Concat Constant ConstantOfShape Div Equal Expand Floor Gather",
    "GreaterOrEqual Identity Less LessOrEqual Max Min Mul Neg Not Pad Range Reshape Shape Slice",
    "Split Squeeze Sub Tile Transpose Unsqueeze Where",
  ].flatMap((line) => line.split(" ")),
);

/** Of `LayerNorm`. */
const epsilon = 1e-5;

/**
 * Whether a graph has the operators of NeMo's cache-aware FastConformer, each as often as a model
 * of this shape has it: another activation, one more head or a layer in low precision shows.
 */
export function hasOperatorsOf(
  { nodes }: OnnxGraph,
  { layers, convolution }: EncoderShape,
): boolean {
  const expected: Record<string, number> = {
    // Subsampling, then a pointwise, a depthwise and a pointwise one a layer.
    Conv: 5 + 3 * layers,
    LayerNormalization: (convolution.norm === "layer_norm" ? 6 : 5) * layers,
    // Behind the subsampling, then four of the feed-forwards, five projections, three of attention.
    MatMul: 1 + 12 * layers,
    Relu: 3,
    Sigmoid: 4 * layers,
    Softmax: layers,
  };
  const counts = new Map<string, number>();
  for (const { domain, operator, attributes } of nodes) {
    if (domain !== "") return false;
    if (operator === "LayerNormalization" && !isUsualNorm(attributes)) return false;
    // A causal one is padded before it, by a node of its own.
    if (operator === "Conv" && !isAllZero(attributes.pads)) return false;
    if (!arranging.has(operator)) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  }
  return (
    counts.size === Object.keys(expected).length &&
    Object.entries(expected).every(([operator, count]) => counts.get(operator) === count)
  );
}

function isUsualNorm({ axis, epsilon: added }: Readonly<Record<string, OnnxAttribute>>): boolean {
  const isLast = axis === undefined || (axis.type === "int" && axis.value === -1);
  const isUsual = added === undefined || (added.type === "float" && near(added.value, epsilon));
  return isLast && isUsual;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < b / 100;
}

function isAllZero(pads: OnnxAttribute | undefined): boolean {
  return pads === undefined || (pads.type === "ints" && pads.value.every((pad) => pad === 0));
}
