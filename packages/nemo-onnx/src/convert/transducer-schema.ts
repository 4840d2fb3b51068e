import { z } from "zod";

/**
 * The fields of a FastConformer transducer's `model_config.yaml` that determine the computation,
 * with NeMo's defaults. Fields with a single literal are those of which the graphs support no other
 * value. Fields that matter only in training are ignored.
 */

const size = z.int().min(1).max(1_000_000);
const target = (name: string) =>
  z.string().regex(new RegExp(`(^|\\.)${name}$`), { error: `only ${name} is supported` });

const preprocessor = z.object({
  _target_: target("AudioToMelSpectrogramPreprocessor"),
  sample_rate: z.literal(16_000).default(16_000),
  window_size: z.literal(0.025),
  window_stride: z.literal(0.01),
  window: z.literal("hann").default("hann"),
  n_window_size: z.literal(400).nullish(),
  n_window_stride: z.literal(160).nullish(),
  n_fft: z.literal(512),
  features: size,
  normalize: z.enum(["NA", "per_feature"]).nullable().default("per_feature"),
  preemph: z.literal(0.97).default(0.97),
  lowfreq: z.literal(0).default(0),
  highfreq: z.literal(8_000).nullish(),
  log: z.literal(true).default(true),
  log_zero_guard_type: z.literal("add").default("add"),
  log_zero_guard_value: z.literal(2 ** -24).default(2 ** -24),
  mag_power: z.literal(2).default(2),
  exact_pad: z.literal(false).default(false),
  frame_splicing: z.literal(1).default(1),
  pad_value: z.literal(0).default(0),
  mel_norm: z.literal("slaney").default("slaney"),
});

const contextFrames = z.int().min(-1).max(100_000);
/** Left and right context in encoder frames; -1 for unlimited. */
const attentionContext = z.tuple([contextFrames, contextFrames]);
const unlimited: z.infer<typeof attentionContext> = [-1, -1];

const encoder = z.object({
  _target_: target("ConformerEncoder"),
  feat_in: size,
  feat_out: z.int().default(-1),
  n_layers: size,
  d_model: size,
  n_heads: size.default(4),
  ff_expansion_factor: size.default(4),
  subsampling: z.literal("dw_striding"),
  subsampling_factor: z.literal(8),
  subsampling_conv_channels: z.int().min(-1).default(-1),
  causal_downsampling: z.boolean().default(false),
  reduction: z.null().optional(),
  use_bias: z.boolean().default(true),
  xscaling: z.boolean().default(true),
  self_attention_model: z.literal("rel_pos").default("rel_pos"),
  untie_biases: z.literal(true).default(true),
  att_context_size: z
    .union([attentionContext.transform((context) => [context]), z.array(attentionContext).min(1)])
    .nullish()
    .transform((contexts) => contexts ?? [unlimited]),
  att_context_style: z.enum(["regular", "chunked_limited"]).default("regular"),
  global_tokens: z.literal(0).default(0),
  conv_kernel_size: size.default(31),
  conv_norm_type: z.enum(["batch_norm", "layer_norm"]).default("batch_norm"),
  conv_context_size: z
    .union([z.literal("causal"), z.tuple([z.int().min(0), z.int().min(0)])])
    .nullish(),
});

const decoder = z.object({
  _target_: target("RNNTDecoder"),
  normalization_mode: z.null().optional(),
  blank_as_pad: z.literal(true).default(true),
  vocab_size: size,
  prednet: z.object({
    pred_hidden: size,
    pred_rnn_layers: size,
    rnn_hidden_size: z.literal(-1).default(-1),
  }),
});

const joint = z.object({
  _target_: target("RNNTJoint"),
  num_classes: size,
  num_extra_outputs: z.int().min(0).default(0),
  vocabulary: z.array(z.string()).min(1),
  jointnet: z.object({
    joint_hidden: size,
    activation: z.literal("relu"),
    dropout: z.number().nullable().default(0),
    encoder_hidden: size,
    pred_hidden: size,
  }),
});

const decoding = z.object({ durations: z.array(z.int().min(0)).nullish() });

const modelDefaults = z.object({
  tdt_durations: z.array(z.int().min(0)).nullish(),
  initialize_prompt_feature: z.boolean().default(false),
  num_prompts: size.default(128),
  /** Index of each language; several names may share one. */
  prompt_dictionary: z.record(z.string(), z.int().min(0)).nullish(),
});

const ctcDecoder = z.object({
  _target_: target("ConvASRDecoder"),
  feat_in: size,
  num_classes: size,
  add_blank: z.literal(true).default(true),
});

export const transducerSchema = z.object({
  target: z
    .string()
    .regex(/\.EncDec(Hybrid)?RNNT(CTC)?(BPE)?Model(WithPrompt)?$/, {
      error: "only transducers are supported",
    })
    .optional(),
  sample_rate: z.literal(16_000).default(16_000),
  preprocessor,
  encoder,
  decoder,
  joint,
  decoding: decoding.nullish(),
  model_defaults: modelDefaults.nullish(),
  aux_ctc: z.object({ decoder: ctcDecoder }).nullish(),
  tokenizer: z.object({
    type: z.literal("bpe"),
    model_path: z.string().min(1),
  }),
});

export type TransducerSection = z.infer<typeof transducerSchema>;
