import { z } from "zod";
import type { Checkpoint } from "../checkpoint/checkpoint";
import { ModelError } from "../errors";
import { samplesPerFrameOf, type CodecShape } from "../graphs/codec/codec-shape";
import { parseConfig } from "./parse-config";

const size = z.int().min(1).max(1_000_000);
const sizes = z.array(size).min(1).max(100);

function target(name: string) {
  return z.string().regex(new RegExp(`\\.${name}$`), { error: `only ${name} is supported` });
}

/** The fields of a codec's configuration that decoding needs, with NeMo's defaults. */
const codecSchema = z.object({
  target: target("AudioCodecModel").optional(),
  sample_rate: size,
  output_sample_rate: size.nullish(),
  samples_per_frame: size,
  audio_decoder: z.object({
    _target_: target("CausalHiFiGANDecoder"),
    up_sample_rates: sizes.default([8, 8, 2, 2]),
    input_dim: size,
    base_channels: size.default(512),
    in_kernel_size: size.default(7),
    out_kernel_size: size.default(3),
    resblock_kernel_sizes: sizes.default([3, 7, 11]),
    resblock_dilation_sizes: sizes.default([1, 3, 5]),
    activation: z.string().toLowerCase().pipe(z.literal("half_snake")),
    output_activation: z.literal("clamp"),
    n_groups_equal_to_out_channels: z.boolean().default(true),
  }),
  vector_quantizer: z.object({
    _target_: target("GroupFiniteScalarQuantizer"),
    num_groups: size,
    num_levels_per_group: z.array(z.int().min(2).max(1_000)).min(1).max(10),
  }),
});

export type CodecConfig = {
  shape: CodecShape;
  /** Sample rate of the output in Hz. */
  sampleRate: number;
};

/**
 * Reads a configuration, and refuses values that the graph does not support.
 *
 * @throws ModelError `unsupported` or `mismatch`, naming every offending field with its value
 */
export function readCodecConfig(checkpoint: Pick<Checkpoint, "file" | "config">): CodecConfig {
  const section = parseConfig(checkpoint, codecSchema);
  const { audio_decoder: decoder, vector_quantizer: quantizer, sample_rate } = section;
  const shape = {
    levels: quantizer.num_levels_per_group,
    codebooks: quantizer.num_groups,
    baseChannels: decoder.base_channels,
    inKernel: decoder.in_kernel_size,
    outKernel: decoder.out_kernel_size,
    upSampleRates: decoder.up_sample_rates,
    kernels: decoder.resblock_kernel_sizes,
    dilations: decoder.resblock_dilation_sizes,
    isUpSamplingGrouped: decoder.n_groups_equal_to_out_channels,
  };
  const sampleRate = section.output_sample_rate ?? sample_rate;
  const latent = shape.codebooks * shape.levels.length;
  const problems: string[] = [];
  if (latent !== decoder.input_dim) {
    problems.push(`audio_decoder.input_dim is ${decoder.input_dim} for ${latent} dimensions`);
  }
  // `samples_per_frame` counts at the encoder's rate; the decoder's output may have another rate.
  const expected = (samplesPerFrameOf(shape) * sample_rate) / sampleRate;
  if (section.samples_per_frame !== expected) {
    problems.push(`samples_per_frame is ${section.samples_per_frame}, not ${expected}`);
  }
  if (problems.length > 0) {
    throw new ModelError(
      "mismatch",
      `${checkpoint.file}, model_config.yaml: ${problems.join("; ")}`,
    );
  }
  return { shape, sampleRate };
}
