import { z } from "zod";
import { precisions } from "../quantization/precision";

/** Incremented when checkpoints convert to other graphs, which makes older conversions stale. */
export const magpieConversionVersion = 3;

const size = z.int().min(1).max(1_000_000);
const count = z.int().min(0).max(1_000_000);
const probability = z.number().min(0).max(1);
const weights = z.array(probability).min(1).max(100);
const layers = z.array(z.int().min(0).max(1_000)).min(1).nullable();

const source = z.strictObject({
  file: z.string().min(1),
  /** SHA-256 of the checkpoint in lower-case hexadecimal; null if unknown. */
  sha256: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .nullable(),
});

/** NeMo's `EOSDetectionMethod`: which tokens count as an end, and in which codebooks. */
export const eosDetectionSchema = z.enum([
  "argmax_any",
  "argmax_all",
  "argmax_zero_cb",
  "argmax_or_multinomial_any",
  "argmax_or_multinomial_all",
  "argmax_or_multinomial_zero_cb",
]);

/**
 * Decoding parameters: `inference_parameters` of the configuration, with NeMo's defaults for
 * missing ones (`ModelInferenceParameters`, `ChunkedInferenceConfig`).
 */
export const magpieInferenceSchema = z.strictObject({
  /** Codec frames (not stacks) of one chunk at most. */
  maxDecoderSteps: size,
  /** Temperature of the local transformer's sampling; 0 selects the most likely token. */
  temperature: z.number().min(0),
  topK: size,
  cfgScale: z.number().min(0),
  /** Codec frames before which end tokens are ignored. */
  minGeneratedFrames: count,
  applyAttentionPrior: z.boolean(),
  priorEpsilon: probability,
  /** Text tokens ahead of the last attended one that the prior favours. */
  lookahead: size,
  /** Decoder layers whose cross-attention determines the position in the text; null for all. */
  estimateLayers: layers,
  /** Decoder layers that apply the prior; null for all. Built into the graph. */
  applyPriorToLayers: layers,
  startPriorAfter: count,
  ignoreFinishedSentenceTracking: z.boolean(),
  eosDetection: eosDetectionSchema,
  argmaxTemperature: z.number().min(0),
  /**
   * Steps at one token after which attention moves on and the token's prior drops; null for 8 and
   * 10, the constants of NeMo up to 3.0.0.
   */
  attentionSinkThreshold: size.nullable(),
  /** Text tokens of the previous chunk that a later chunk attends to. */
  historyLength: count,
  /** Prior of a later chunk at its first step, from the first token behind the history on. */
  priorWeightsInit: weights,
  /** Prior of later chunks in later steps, from the token before the attended one on. */
  priorWeights: weights,
  /** Steps near the end of the text after which end tokens count, in the last chunk. */
  finishedLimitWithEnd: count,
  /** The same in later chunks that are not the last. */
  finishedLimitWithoutEnd: count,
  /** Steps near the end of the first chunk's text after which its end is forced. */
  finishedLimitFirstChunk: count,
  /** Steps near the end of a chunk's text after which a chunk that is not the last ends. */
  forcedChunkEnd: count,
  /** Windows of at most this many tokens have a uniform prior in later chunks. */
  shortSentenceThreshold: count,
  /** The `attentionSinkThreshold` for the prior of later chunks. */
  chunkSinkThreshold: size,
  /** Tokens from the end of the text that count as near it. */
  nearEndThreshold: count,
});
export type MagpieInference = z.infer<typeof magpieInferenceSchema>;

/** `parley.json` of a converted Magpie model: the facts that an engine needs besides the graphs. */
export const magpieManifestSchema = z.strictObject({
  format: z.literal(1),
  type: z.literal("magpie"),
  /** Display name. */
  name: z.string().min(1),
  source,
  /** Decoder layers, each with a cache of keys and values. */
  layers: size,
  width: size,
  heads: size,
  /** Width of cross-attention keys and values, of all heads together. */
  crossWidth: size,
  codebooks: size,
  /** Codec frames that one decoder step generates. */
  frameStacking: size,
  /**
   * Codes of a codebook. Special ids follow: begin, end, begin and end of context, mask, and three
   * unused ones.
   */
  codes: size,
  /** Rows of the text embedding: the tokens of all tokenizers, and begin and end. */
  textTokens: size,
  /** Positions that a voice occupies before the speech. */
  contextFrames: size,
  /** Positions of the decoder: voice context and steps. */
  maxPositions: size,
  /** Text tokens of one chunk at most. */
  maxTextPositions: size,
  /** Names of the voices, in the order of `baked_context`. */
  voices: z.array(z.string().min(1)).min(1),
  /** Precision of the weights of all three graphs. */
  precision: z.enum(precisions),
  inference: magpieInferenceSchema,
});
export type MagpieManifest = z.infer<typeof magpieManifestSchema>;

/** `parley.json` of a converted codec. */
export const codecManifestSchema = z.strictObject({
  format: z.literal(1),
  type: z.literal("nano-codec"),
  /** Display name. */
  name: z.string().min(1),
  source,
  /** Sample rate in Hz. */
  sampleRate: size,
  samplesPerFrame: size,
  codebooks: size,
  codes: size,
  /** Shapes of the states `s0`, `s1` … for one stream; all are zeros before the first frame. */
  states: z.array(z.tuple([z.literal(1), size, size])).min(1),
  precision: z.literal("fp32"),
});
export type CodecManifest = z.infer<typeof codecManifestSchema>;
