/** Sizes of a cache-aware FastConformer transducer. */
export type FullSize = {
  layers: number;
  width: number;
  heads: number;
  mels: number;
  subsamplingChannels: number;
  tokens: number;
  predictorLayers: number;
  predictorWidth: number;
  jointWidth: number;
  /** Left and right context in encoder frames; those of Nemotron Speech unless given. */
  contexts?: readonly (readonly [number, number])[];
};

type Named = readonly [name: string, shape: readonly number[]];

/** Names and shapes of NeMo's state dict for such a model. */
export function stateDict(size: FullSize): Named[] {
  return [
    ["preprocessor.featurizer.window", [400]],
    ["preprocessor.featurizer.fb", [1, size.mels, 257]],
    ...subsampling(size),
    ...Array.from({ length: size.layers }, (_, layer) =>
      conformerLayer(size).map(([name, shape]): Named => [
        `encoder.layers.${layer}.${name}`,
        shape,
      ]),
    ).flat(),
    ...predictor(size),
    ["joint.pred.weight", [size.jointWidth, size.predictorWidth]],
    ["joint.pred.bias", [size.jointWidth]],
    ["joint.enc.weight", [size.jointWidth, size.width]],
    ["joint.enc.bias", [size.jointWidth]],
    ["joint.joint_net.2.weight", [size.tokens + 1, size.jointWidth]],
    ["joint.joint_net.2.bias", [size.tokens + 1]],
  ];
}

function subsampling({ width, mels, subsamplingChannels: channels }: FullSize): Named[] {
  // Causal padding leaves one row more than mels / 8.
  const flattened = channels * (mels / 8 + 1);
  return [
    ["encoder.pre_encode.out.weight", [width, flattened]],
    ["encoder.pre_encode.out.bias", [width]],
    ["encoder.pre_encode.conv.0.weight", [channels, 1, 3, 3]],
    ["encoder.pre_encode.conv.0.bias", [channels]],
    ...[2, 5].flatMap((place): Named[] => [
      [`encoder.pre_encode.conv.${place}.weight`, [channels, 1, 3, 3]],
      [`encoder.pre_encode.conv.${place}.bias`, [channels]],
      [`encoder.pre_encode.conv.${place + 1}.weight`, [channels, channels, 1, 1]],
      [`encoder.pre_encode.conv.${place + 1}.bias`, [channels]],
    ]),
  ];
}

function conformerLayer({ width, heads }: FullSize): Named[] {
  const square = [width, width];
  const norms = [
    "norm_feed_forward1",
    "norm_conv",
    "norm_self_att",
    "norm_feed_forward2",
    "norm_out",
  ];
  return [
    ...[...norms, "conv.batch_norm"].flatMap((name): Named[] => [
      [`${name}.weight`, [width]],
      [`${name}.bias`, [width]],
    ]),
    ...["feed_forward1", "feed_forward2"].flatMap((name): Named[] => [
      [`${name}.linear1.weight`, [4 * width, width]],
      [`${name}.linear2.weight`, [width, 4 * width]],
    ]),
    ["conv.pointwise_conv1.weight", [2 * width, width, 1]],
    ["conv.depthwise_conv.weight", [width, 1, 9]],
    ["conv.pointwise_conv2.weight", [width, width, 1]],
    ["self_attn.pos_bias_u", [heads, width / heads]],
    ["self_attn.pos_bias_v", [heads, width / heads]],
    ...["q", "k", "v", "out", "pos"].map((name): Named => [
      `self_attn.linear_${name}.weight`,
      square,
    ]),
  ];
}

function predictor({ tokens, predictorLayers, predictorWidth: width }: FullSize): Named[] {
  return [
    ["decoder.prediction.embed.weight", [tokens + 1, width]],
    ...Array.from({ length: predictorLayers }, (_, layer): Named[] => [
      [`decoder.prediction.dec_rnn.lstm.weight_ih_l${layer}`, [4 * width, width]],
      [`decoder.prediction.dec_rnn.lstm.weight_hh_l${layer}`, [4 * width, width]],
      [`decoder.prediction.dec_rnn.lstm.bias_ih_l${layer}`, [4 * width]],
      [`decoder.prediction.dec_rnn.lstm.bias_hh_l${layer}`, [4 * width]],
    ]).flat(),
  ];
}
