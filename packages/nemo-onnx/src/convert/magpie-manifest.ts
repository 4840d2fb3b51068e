import { z } from "zod";
import { precisions } from "../quantization/precision";

/**
 * Rises when the same checkpoint would convert to other graphs: older conversions are then stale.
 */
export const magpieConversionVersion = 1;

const size = z.int().min(1).max(1_000_000);
const count = z.int().min(0).max(1_000_000);
const probability = z.number().min(0).max(1);
const weights = z.array(probability).min(1).max(100);
const layers = z.array(z.int().min(0).max(1_000)).min(1).nullable();

const source = z.strictObject({
  file: z.string().min(1),
  /** Lower-case hexadecimal; null if unknown. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});

/** NeMo's `EOSDetectionMethod`: which tokens tell an end, and in which codebooks. */
export const eosDetectionSchema = z.enum([
  "argmax_any",
  "argmax_all",
  "argmax_zero_cb",
  "argmax_or_multinomial_any",
  "argmax_or_multinomial_all",
  "argmax_or_multinomial_zero_cb",
]);

/**
 * How the model wants to be decoded: `inference_parameters` of its configuration, with NeMo's
 * defaults for what that leaves out (`ModelInferenceParameters`, `ChunkedInferenceConfig`).
 */
export const magpieInferenceSchema = z.strictObject({
  /** Codec frames, not stacks, at most in one chunk. */
  maxDecoderSteps: size,
  /** Of the local transformer's sampling; 0 takes the likeliest. */
  temperature: z.number().min(0),
  topK: size,
  cfgScale: z.number().min(0),
  /** Codec frames before which no end is believed. */
  minGeneratedFrames: count,
  applyAttentionPrior: z.boolean(),
  priorEpsilon: probability,
  /** Text tokens ahead of the one last attended. */
  lookahead: size,
  /** Decoder layers whose cross-attention tells the position in the text; null: all. */
  estimateLayers: layers,
  /** Decoder layers that the prior acts on; null: all. The graph has it built in. */
  applyPriorToLayers: layers,
  startPriorAfter: count,
  ignoreFinishedSentenceTracking: z.boolean(),
  eosDetection: eosDetectionSchema,
  argmaxTemperature: z.number().min(0),
  /**
   * Steps at one token after which attention moves on, and the token's prior drops; null: 8 and 10,
   * fixed in NeMo up to 3.0.0.
   */
  attentionSinkThreshold: size.nullable(),
  /** Tokens of the chunk before that a later chunk sees. */
  historyLength: count,
  /** Prior of a later chunk before its first step, from the first token behind the history. */
  priorWeightsInit: weights,
  /** Prior of later chunks afterwards: the token before the one attended, that one, and ahead. */
  priorWeights: weights,
  /** Steps near the end of the text after which the end may be believed, in the last chunk. */
  finishedLimitWithEnd: count,
  /** The same in later chunks that are not the last. */
  finishedLimitWithoutEnd: count,
  /** Steps near the end of the first chunk's text after which the end is forced. */
  finishedLimitFirstChunk: count,
  /** Steps near the end of a chunk's text after which a chunk that is not the last ends. */
  forcedChunkEnd: count,
  /** Windows of at most so many tokens have a uniform prior in later chunks. */
  shortSentenceThreshold: count,
  /** As `attentionSinkThreshold`, for the prior of later chunks. */
  chunkSinkThreshold: size,
  /** Tokens from the end of the text that count as near it. */
  nearEndThreshold: count,
});
export type MagpieInference = z.infer<typeof magpieInferenceSchema>;

/** `parley.json` of a converted Magpie model: what the engine must know beside the graphs. */
export const magpieManifestSchema = z.strictObject({
  format: z.literal(1),
  type: z.literal("magpie"),
  /** For people. */
  name: z.string().min(1),
  source,
  /** Of the decoder, each with a cache of keys and values. */
  layers: size,
  width: size,
  heads: size,
  /** Width of cross-attention keys and values, all heads together. */
  crossWidth: size,
  codebooks: size,
  /** Codec frames that one decoder step makes. */
  frameStacking: size,
  /**
   * Codes of a codebook. Special ids follow: begin, end, begin and end of context, mask, and three
   * without use.
   */
  codes: size,
  /** Rows of the text embedding: the tokens of all tokenizers, and begin and end. */
  textTokens: size,
  /** Positions that a voice takes before the speech. */
  contextFrames: size,
  /** Of the decoder: context and steps. */
  maxPositions: size,
  /** Tokens of one chunk at most. */
  maxTextPositions: size,
  /** In the order of `baked_context`. */
  voices: z.array(z.string().min(1)).min(1),
  /** Of the three graphs' weights. */
  precision: z.enum(precisions),
  inference: magpieInferenceSchema,
});
export type MagpieManifest = z.infer<typeof magpieManifestSchema>;

/** `parley.json` of a converted codec. */
export const codecManifestSchema = z.strictObject({
  format: z.literal(1),
  type: z.literal("nano-codec"),
  /** For people. */
  name: z.string().min(1),
  source,
  /** Hz. */
  sampleRate: size,
  samplesPerFrame: size,
  codebooks: size,
  codes: size,
  /** Shapes of `s0`, `s1` … for one stream, all zeros before the first frame. */
  states: z.array(z.tuple([z.literal(1), size, size])).min(1),
  precision: z.literal("fp32"),
});
export type CodecManifest = z.infer<typeof codecManifestSchema>;
