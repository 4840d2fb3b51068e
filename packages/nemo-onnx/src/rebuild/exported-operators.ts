import type { EncoderShape } from "../graphs/encoder-shape";
import type { OnnxAttribute, OnnxGraph } from "../onnx/onnx-model";

/** Operators for layout, counting and masking, whose number depends on the exporter. */
const auxiliaryOperators = new Set(
  [
    "Add And Cast Clip Concat Constant ConstantOfShape Div Equal Expand Floor Gather",
    "GreaterOrEqual Identity Less LessOrEqual Max Min Mul Neg Not Pad Range Reshape Shape Slice",
    "Split Squeeze Sub Tile Transpose Unsqueeze Where",
  ].flatMap((line) => line.split(" ")),
);

/** Epsilon of PyTorch's `LayerNorm`. */
const epsilon = 1e-5;

/**
 * True when a graph has exactly the operators of NeMo's cache-aware FastConformer, each as often as
 * a model of this shape has it. Another activation, an extra head or a layer in low precision
 * makes it false.
 */
export function hasOperatorsOf(
  { nodes }: OnnxGraph,
  { layers, convolution }: EncoderShape,
): boolean {
  const expected: Record<string, number> = {
    // Five of the subsampling; per layer a pointwise, a depthwise and another pointwise one.
    Conv: 5 + 3 * layers,
    LayerNormalization: (convolution.norm === "layer_norm" ? 6 : 5) * layers,
    // One after subsampling; per layer four in feed-forwards, five projections, three in attention.
    MatMul: 1 + 12 * layers,
    Relu: 3,
    Sigmoid: 4 * layers,
    Softmax: layers,
  };
  const counts = new Map<string, number>();
  for (const { domain, operator, attributes } of nodes) {
    if (domain !== "") return false;
    if (operator === "LayerNormalization" && !isDefaultLayerNorm(attributes)) return false;
    // Causal convolutions are padded by a separate node.
    if (operator === "Conv" && !isAllZero(attributes.pads)) return false;
    if (!auxiliaryOperators.has(operator)) counts.set(operator, (counts.get(operator) ?? 0) + 1);
  }
  return (
    counts.size === Object.keys(expected).length &&
    Object.entries(expected).every(([operator, count]) => counts.get(operator) === count)
  );
}

function isDefaultLayerNorm({
  axis,
  epsilon: added,
}: Readonly<Record<string, OnnxAttribute>>): boolean {
  const isLastAxis = axis === undefined || (axis.type === "int" && axis.value === -1);
  const isDefaultEpsilon =
    added === undefined || (added.type === "float" && near(added.value, epsilon));
  return isLastAxis && isDefaultEpsilon;
}

function near(a: number, b: number): boolean {
  return Math.abs(a - b) < b / 100;
}

function isAllZero(pads: OnnxAttribute | undefined): boolean {
  return pads === undefined || (pads.type === "ints" && pads.value.every((pad) => pad === 0));
}
