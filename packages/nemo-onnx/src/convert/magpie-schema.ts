import { z } from "zod";
import { eosDetectionSchema } from "./magpie-manifest";

const size = z.int().min(1).max(1_000_000);
const count = z.int().min(0).max(1_000_000);
const layers = z.array(z.int().min(0)).min(1).nullish();
const weights = z.array(z.number().min(0).max(1)).min(1);
/** A switch that would select another network. */
const off = z.literal(false).nullish();
const on = z.literal(true);
const absent = z.null({ error: "not supported" }).optional();

/** Arguments of NeMo's `transformer_2501.Transformer`, with its defaults. */
const stack = z.object({
  n_layers: size,
  d_model: size,
  d_ffn: size,
  sa_n_heads: size,
  is_causal: on.default(true),
  apply_norm_out: on,
  use_learnable_pos_emb: on,
  max_length_causal_mask: size.default(4_096),
  conv_non_linearity: absent,
  use_moe: off,
});

const encoder = stack.extend({ kernel_size: size, has_xattn: off });

const decoder = stack.extend({
  /** With a wider kernel, a step would also depend on earlier inputs of the convolutions. */
  kernel_size: z.literal(1),
  has_xattn: on,
  xa_d_memory: size,
  xa_n_heads: size,
  xa_d_head: size.nullish(),
  apply_norm_to_cond: on.default(true),
});

/** `ModelInferenceParameters`; in the newest NeMo they include those of later chunks. */
const inferenceParameters = z.object({
  max_decoder_steps: size.default(500),
  temperature: z.number().min(0).default(0.7),
  topk: size.default(80),
  cfg_scale: z.number().min(0).default(2.5),
  apply_attention_prior: z.boolean().default(true),
  attention_prior_epsilon: z.number().min(0).max(1).default(0.1),
  /** Name of `attention_prior_epsilon` in v2512; takes precedence over it. */
  prior_epsilon: z.number().min(0).max(1).optional(),
  attention_prior_lookahead_window: size.default(5),
  /** Name of `attention_prior_lookahead_window` in v2512; takes precedence over it. */
  lookahead_window_size: size.optional(),
  estimate_alignment_from_layers: layers,
  apply_prior_to_layers: layers,
  start_prior_after_n_audio_steps: count.default(0),
  ignore_finished_sentence_tracking: z.boolean().default(true),
  eos_detection_method: eosDetectionSchema.default("argmax_or_multinomial_any"),
  min_generated_frames: count.default(4),
  argmax_temperature: z.number().min(0).default(0.01),
  attention_sink_threshold: size.nullish(),
  history_len_heuristic: count.default(20),
  prior_weights_init: weights.default([0.5, 1, 0.8, 0.2, 0.2]),
  prior_weights: weights.default([0.2, 1, 0.6, 0.4, 0.2, 0.2]),
  finished_limit_with_eot: count.default(5),
  finished_limit_without_eot: count.default(1),
  finished_limit_first_chunk: count.default(20),
  forceful_chunk_end_threshold: count.default(3),
  short_sentence_threshold: count.default(35),
  chunked_attention_sink_threshold: size.default(10),
  near_end_threshold: count.default(3),
});

/** The fields of a Magpie configuration that determine the graphs. */
export const magpieSchema = z.object({
  target: z
    .string()
    // The classes of training variants have a suffix, and are the same network.
    .regex(/\.MagpieTTSModel\w*$/, { error: "only MagpieTTSModel is supported" })
    .optional(),
  model_type: z.literal("decoder_ce"),
  embedding_dim: size,
  use_bpe_char_tokenizer: off,
  legacy_text_conditioning: off,
  use_moe: off,
  /** A conversion to another numbering of codes than the codec's. */
  vector_quantizer: absent,
  local_transformer_type: z
    .string()
    .toLowerCase()
    .pipe(z.literal("autoregressive", { error: "only autoregressive is supported" })),
  local_transformer_n_layers: size.default(2),
  local_transformer_n_heads: size.default(1),
  local_transformer_hidden_dim: size.default(256),
  frame_stacking_factor: size.default(1),
  forced_audio_bos_id: count.nullish(),
  forced_audio_eos_id: count.nullish(),
  forced_context_audio_bos_id: count.nullish(),
  forced_context_audio_eos_id: count.nullish(),
  forced_mask_token_id: count.nullish(),
  forced_num_all_tokens_per_codebook: count.nullish(),
  speaker_map: z.string().min(1).nullish(),
  encoder,
  decoder,
  inference_parameters: inferenceParameters.prefault({}),
});

export type MagpieSection = z.infer<typeof magpieSchema>;
