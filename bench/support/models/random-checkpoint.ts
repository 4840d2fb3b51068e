import type { Checkpoint, CheckpointTensor } from "@parley/nemo-onnx/checkpoint/checkpoint";
import { madeUpTokenizer } from "./made-up-tokenizer";
import { randomTensor } from "./random-tensor";
import { stateDict, type FullSize } from "./state-dict";

/** nemotron-speech-streaming-en-0.6b. */
export const nemotronSpeech: FullSize = {
  layers: 24,
  width: 1_024,
  heads: 8,
  mels: 128,
  subsamplingChannels: 256,
  tokens: 1_024,
  predictorLayers: 2,
  predictorWidth: 640,
  jointWidth: 640,
};

const publishedContexts = [
  [70, 13],
  [70, 6],
  [70, 1],
  [70, 0],
];

const tokenizerMember = "made_up_tokenizer.model";

/** A checkpoint of any size whose weights are made up when they are read: nothing lies on disk. */
export function randomCheckpoint(size: FullSize): Checkpoint {
  const tensors = new Map(
    stateDict(size).map(([name, shape]) => [name, tensorOf(name, shape)] as const),
  );
  const vocabulary = Array.from({ length: size.tokens }, (_, id) => `\u2581w${id}`);
  return {
    file: "random weights",
    config: configuration(size, vocabulary),
    tensors,
    members: [tokenizerMember],
    readMember: () => Promise.resolve(madeUpTokenizer(vocabulary)),
    close: () => Promise.resolve(),
  };
}

/** Random joints emit a token at every turn; a trained one is silent most of the time. */
function tensorOf(name: string, shape: readonly number[]): CheckpointTensor {
  const tensor = randomTensor(name, shape);
  if (!name.startsWith("joint.joint_net") || !name.endsWith(".bias")) return tensor;
  const read = async () => {
    const values = await tensor.read();
    values[values.length - 1] = 100;
    return values;
  };
  return { ...tensor, read };
}

function configuration(size: FullSize, vocabulary: readonly string[]): unknown {
  return {
    sample_rate: 16_000,
    preprocessor: {
      _target_: "nemo.collections.asr.modules.AudioToMelSpectrogramPreprocessor",
      sample_rate: 16_000,
      normalize: "NA",
      window_size: 0.025,
      window_stride: 0.01,
      window: "hann",
      features: size.mels,
      n_fft: 512,
      log: true,
      frame_splicing: 1,
      dither: 1e-5,
      pad_to: 0,
      pad_value: 0,
    },
    encoder: {
      _target_: "nemo.collections.asr.modules.ConformerEncoder",
      feat_in: size.mels,
      feat_out: -1,
      n_layers: size.layers,
      d_model: size.width,
      use_bias: false,
      subsampling: "dw_striding",
      subsampling_factor: 8,
      subsampling_conv_channels: size.subsamplingChannels,
      causal_downsampling: true,
      ff_expansion_factor: 4,
      self_attention_model: "rel_pos",
      n_heads: size.heads,
      att_context_size: size.contexts ?? publishedContexts,
      att_context_style: "chunked_limited",
      xscaling: false,
      untie_biases: true,
      pos_emb_max_len: 5_000,
      conv_kernel_size: 9,
      conv_norm_type: "layer_norm",
      conv_context_size: "causal",
      dropout: 0.1,
    },
    decoder: {
      _target_: "nemo.collections.asr.modules.RNNTDecoder",
      normalization_mode: null,
      blank_as_pad: true,
      prednet: {
        pred_hidden: size.predictorWidth,
        pred_rnn_layers: size.predictorLayers,
        dropout: 0.2,
      },
      vocab_size: size.tokens,
    },
    joint: {
      _target_: "nemo.collections.asr.modules.RNNTJoint",
      log_softmax: null,
      jointnet: {
        joint_hidden: size.jointWidth,
        activation: "relu",
        dropout: 0.2,
        encoder_hidden: size.width,
        pred_hidden: size.predictorWidth,
      },
      num_classes: size.tokens,
      vocabulary,
    },
    decoding: { model_type: "rnnt", strategy: "greedy_batch", durations: [] },
    labels: vocabulary,
    tokenizer: { type: "bpe", model_path: `nemo:${tokenizerMember}` },
  };
}
