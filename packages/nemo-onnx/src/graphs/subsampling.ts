import type { Value } from "../onnx/graph-values";
import type { EncoderShape } from "./encoder-shape";
import { indicesOf, isWithin } from "./frame-mask";
import type { Module } from "./module";
import { asStored } from "./weight-layout";

/** Kernel of the strided convolutions, in frames and in bands. */
const kernel = 3;

/** Module names within `encoder.pre_encode.conv`; the indices between them are activations. */
const stages = [
  { strided: "0", pointwise: null },
  { strided: "2", pointwise: "3" },
  { strided: "5", pointwise: "6" },
] as const;

/** A subsampled signal and its valid lengths. */
export type Frames = {
  /** [batch, time, width]. */
  signal: Value;
  /** Valid frames of each stream, int64 [batch]. */
  lengths: Value;
};

/**
 * NeMo's `ConvSubsampling` of type `dw_striding` by a factor of 8: a strided convolution and two
 * pairs of a strided depthwise and a pointwise one. Like NeMo's `MaskedConvSequential` it zeroes
 * the padding of each stream before every stage, so that a padded batch equals single runs.
 *
 * @param signal [batch, mels, time]
 * @param lengths valid frames of each stream, int64 [batch]
 */
export function subsampling(
  module: Module,
  signal: Value,
  lengths: Value,
  shape: EncoderShape,
): Frames {
  const { graph } = module;
  const { subsamplingChannels: channels, isSubsamplingCausal: isCausal } = shape;
  const convolutions = module.child("conv");
  let x = graph.unsqueeze(graph.transpose(signal, [0, 2, 1]), [1]);
  let valid = lengths;
  for (const [stage, { strided, pointwise }] of stages.entries()) {
    x = clearPadding(module, x, valid);
    x = convolve(convolutions.child(strided), x, {
      inputs: 1,
      outputs: channels,
      groups: stage === 0 ? 1 : channels,
      isStrided: true,
      isCausal,
    });
    if (pointwise !== null) {
      x = convolve(convolutions.child(pointwise), x, {
        inputs: channels,
        outputs: channels,
        groups: 1,
        isStrided: false,
        isCausal,
      });
    }
    x = graph.relu(x);
    valid = halvedLengths(module, valid, isCausal);
  }
  x = clearPadding(module, x, valid);
  const bands = bandsAfter(shape.mels, isCausal);
  const flat = graph.reshape(graph.transpose(x, [0, 2, 1, 3]), [0, 0, channels * bands]);
  const out = module.child("out").linear(flat, [channels * bands, shape.width], { bias: true });
  return { signal: out, lengths: valid };
}

type SubsamplingConvolution = {
  /** Input channels of each group. */
  inputs: number;
  outputs: number;
  groups: number;
  isStrided: boolean;
  isCausal: boolean;
};

/** Strided causal convolutions pad two before and one after, in time and in frequency. */
function convolve(module: Module, x: Value, convolution: SubsamplingConvolution): Value {
  const { inputs, outputs, groups, isStrided, isCausal } = convolution;
  const size = isStrided ? kernel : 1;
  const weight = module.weight("weight", [outputs, inputs, size, size]);
  const before = isStrided ? (isCausal ? 2 : 1) : 0;
  const after = isStrided ? 1 : 0;
  const stride = isStrided ? 2 : 1;
  return module.graph.convolution(
    x,
    module.graph.initializer(asStored(weight)),
    module.parameter("bias", [outputs]),
    { strides: [stride, stride], pads: [before, before, after, after], groups },
  );
}

/** Zeroes the frames beyond each stream's length. @param x [batch, channels, time, bands] */
function clearPadding({ graph }: Module, x: Value, lengths: Value): Value {
  const mask = graph.cast(isWithin(graph, indicesOf(graph, x, 2), lengths), "float32");
  return graph.multiply(x, graph.unsqueeze(mask, [1, 3]));
}

function halvedLengths({ graph }: Module, lengths: Value, isCausal: boolean): Value {
  const one = graph.integer(1);
  const two = graph.integer(2);
  return isCausal
    ? graph.add(graph.divide(lengths, two), one)
    : graph.divide(graph.add(lengths, one), two);
}

function bandsAfter(mels: number, isCausal: boolean): number {
  const halved = (bands: number) => (isCausal ? Math.floor(bands / 2) + 1 : Math.ceil(bands / 2));
  return stages.reduce(halved, mels);
}

/** The first layer's input, after NeMo's `xscaling`. @param x [batch, time, width] */
export function scaledInput({ graph }: Module, x: Value, shape: EncoderShape): Value {
  return shape.isInputScaled ? graph.multiply(x, graph.scalar(Math.sqrt(shape.width))) : x;
}
