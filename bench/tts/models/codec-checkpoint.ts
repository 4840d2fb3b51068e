import type { Checkpoint } from "@parley/nemo-onnx/checkpoint/checkpoint";
import { randomTensor } from "../../support/models/random-tensor";

/** Sizes that differ between the measured codec and the tiny one of trial runs. */
export type CodecSizes = { baseChannels: number };

/** nemo-nano-codec-22khz-1.89kbps-21.5fps. */
export const nanoCodec: CodecSizes = { baseChannels: 864 };
export const tinyCodec: CodecSizes = { baseChannels: 64 };

const levels = [8, 7, 6, 6];
const codebooks = 8;
const rates = [8, 8, 4, 2, 2];
const kernels = [3, 7, 11];
const dilations = [1, 3, 5];
const inKernel = 7;
const outKernel = 3;

type Named = readonly [name: string, shape: readonly number[]];

/** The decoder of a NanoCodec whose weights are made up when they are read. */
export function codecCheckpoint(sizes: CodecSizes): Checkpoint {
  return {
    file: "random weights",
    config: configuration(sizes),
    tensors: new Map(
      stateDict(sizes).map(([name, shape]) => {
        const whole = `audio_decoder.${name}`;
        return [whole, randomTensor(whole, shape)] as const;
      }),
    ),
    members: [],
    readMember: (name) => Promise.reject(new TypeError(`there is no ${name}`)),
    close: () => Promise.resolve(),
  };
}

function stateDict({ baseChannels }: CodecSizes): Named[] {
  const channelsOf = (stage: number) => Math.floor(baseChannels / 2 ** stage);
  const last = channelsOf(rates.length);
  return [
    ...convolution("pre_conv", [baseChannels, codebooks * levels.length, inKernel], baseChannels),
    ...rates.flatMap((rate, stage) => {
      const inputs = channelsOf(stage);
      const outputs = channelsOf(stage + 1);
      const upSampling = [inputs, 1, 2 * rate];
      return [
        snake(`activations.${stage}`, inputs),
        ...convolution(`up_sample_conv_layers.${stage}`, upSampling, outputs),
        ...residualLayer(`res_layers.${stage}`, outputs),
      ];
    }),
    snake("post_activation", last),
    ...convolution("post_conv", [1, last, outKernel], 1),
  ];
}

function residualLayer(name: string, channels: number): Named[] {
  return kernels.flatMap((kernel, branch) =>
    dilations.flatMap((_, index) => {
      const block = `${name}.res_blocks.${branch}.res_blocks.${index}`;
      const weight = [channels, channels, kernel];
      return [
        snake(`${block}.input_activation`, channels),
        ...convolution(`${block}.input_conv`, weight, channels),
        snake(`${block}.skip_activation`, channels),
        ...convolution(`${block}.skip_conv`, weight, channels),
      ];
    }),
  );
}

function snake(name: string, channels: number): Named {
  return [`${name}.activation.snake_act.alpha`, [1, Math.floor(channels / 2), 1]];
}

function convolution(name: string, weight: readonly number[], outputs: number): Named[] {
  const slices = weight[0] ?? 1;
  return [
    [`${name}.conv.bias`, [outputs]],
    [`${name}.conv.parametrizations.weight.original0`, [slices, 1, 1]],
    [`${name}.conv.parametrizations.weight.original1`, weight],
  ];
}

function configuration({ baseChannels }: CodecSizes): unknown {
  return {
    sample_rate: 22_050,
    samples_per_frame: rates.reduce((product, rate) => product * rate, 1),
    audio_decoder: {
      _target_: "nemo.collections.tts.modules.audio_codec_modules.CausalHiFiGANDecoder",
      up_sample_rates: rates,
      input_dim: codebooks * levels.length,
      base_channels: baseChannels,
      in_kernel_size: inKernel,
      out_kernel_size: outKernel,
      resblock_kernel_sizes: kernels,
      resblock_dilation_sizes: dilations,
      activation: "half_snake",
      output_activation: "clamp",
    },
    vector_quantizer: {
      _target_: "nemo.collections.tts.modules.audio_codec_modules.GroupFiniteScalarQuantizer",
      num_groups: codebooks,
      num_levels_per_group: levels,
    },
  };
}
