import type { Checkpoint } from "../checkpoint/checkpoint";
import { ModelError } from "../errors";
import type { MagpieShape, StackShape } from "../graphs/magpie/magpie-shape";
import { magpieInference } from "./magpie-inference";
import type { MagpieInference } from "./magpie-manifest";
import { magpieSchema, type MagpieSection } from "./magpie-schema";
import { parseConfig } from "./parse-config";

/** A Magpie model's configuration, and the sizes that follow from the shapes of its tables. */
export type MagpieConfig = {
  shape: MagpieShape;
  inference: MagpieInference;
  /** Number of codes of a codebook, without special ids. */
  codes: number;
  /** Number of built-in voices, each [contextFrames, width]. */
  voiceCount: number;
  contextFrames: number;
  /** Member of the checkpoint that names the voices; null when there is none. */
  speakerMap: string | null;
};

/** Number of special ids behind the codes of each codebook: NeMo's `SpecialAudioToken`. */
const specialTokens = 8;

/**
 * Reads a configuration, and refuses values that the graphs do not support. The numbers of tokens,
 * codebooks and voices follow from the shapes of the tables.
 *
 * @throws ModelError `unsupported` or `mismatch`, naming every offending field with its value
 */
export function readMagpieConfig(
  checkpoint: Pick<Checkpoint, "file" | "config" | "tensors" | "members">,
): MagpieConfig {
  const { file, tensors, members } = checkpoint;
  const section = parseConfig(checkpoint, magpieSchema);
  const tables = [...tensors.keys()].filter((name) => /^audio_embeddings\.\d+\.weight$/.test(name));
  const rowsOf = (name: string) => tensors.get(name)?.shape[0] ?? 0;
  const tokens = rowsOf("audio_embeddings.0.weight");
  const codes = tokens - specialTokens;
  const [voiceCount = 0, voiceSize = 0] =
    tensors.get("baked_context_embedding.weight")?.shape ?? [];
  const contextFrames = voiceSize / section.embedding_dim;
  const shape = shapeOf(section, {
    tokens,
    textTokens: rowsOf("text_embedding.weight"),
    codebooks: tables.length / section.frame_stacking_factor,
  });
  const problems = [...disagreements(section), ...forcedIds(section, codes)];
  if (voiceCount < 1 || !Number.isInteger(contextFrames)) {
    problems.push(`baked_context_embedding.weight is [${voiceCount}, ${voiceSize}]`);
  }
  if (codes < 1 || shape.codebooks < 1 || !Number.isInteger(shape.codebooks)) {
    problems.push(`audio_embeddings are ${tables.length} tables of ${tokens} rows`);
  }
  if (problems.length > 0) {
    throw new ModelError("mismatch", `${file}, model_config.yaml: ${problems.join("; ")}`);
  }
  const found = members.find((name) => name.endsWith("speakers.json"));
  const speakerMap = section.speaker_map ?? found ?? null;
  // The engine generates noise for as many tokens as the graph samples from.
  const inference = { ...magpieInference(section), topK: shape.topK };
  return { shape, inference, codes, voiceCount, contextFrames, speakerMap };
}

type TableSizes = Pick<MagpieShape, "tokens" | "textTokens" | "codebooks">;

function shapeOf(section: MagpieSection, sizes: TableSizes): MagpieShape {
  const { encoder, decoder, frame_stacking_factor: frameStacking } = section;
  const { inference_parameters: inference } = section;
  const all = Array.from({ length: decoder.n_layers }, (_, layer) => layer);
  const width = section.local_transformer_hidden_dim;
  return {
    ...sizes,
    frameStacking,
    encoder: stackOf(encoder),
    decoder: stackOf(decoder),
    crossAttention: {
      heads: decoder.xa_n_heads,
      headWidth: decoder.xa_d_head ?? decoder.d_model / decoder.xa_n_heads,
    },
    localTransformer: {
      layers: section.local_transformer_n_layers,
      width,
      heads: section.local_transformer_n_heads,
      feedForwardWidth: 4 * width,
      kernel: 1,
      positions: frameStacking * sizes.codebooks + 2,
    },
    topK: Math.min(inference.topk, sizes.tokens),
    estimateLayers: inference.estimate_alignment_from_layers ?? all,
    priorLayers: inference.apply_prior_to_layers ?? all,
  };
}

function stackOf(section: MagpieSection["encoder"] | MagpieSection["decoder"]): StackShape {
  return {
    layers: section.n_layers,
    width: section.d_model,
    heads: section.sa_n_heads,
    feedForwardWidth: section.d_ffn,
    kernel: section.kernel_size,
    positions: section.max_length_causal_mask,
  };
}

/** Fields that contradict each other. */
function disagreements(section: MagpieSection): string[] {
  const { encoder, decoder, embedding_dim: width } = section;
  const { estimate_alignment_from_layers: estimated, apply_prior_to_layers: weighted } =
    section.inference_parameters;
  const localWidth = section.local_transformer_hidden_dim;
  const problems: string[] = [];
  for (const [name, value] of Object.entries({
    "encoder.d_model": encoder.d_model,
    "decoder.d_model": decoder.d_model,
    "decoder.xa_d_memory": decoder.xa_d_memory,
  })) {
    if (value !== width) problems.push(`${name} is ${value} and embedding_dim is ${width}`);
  }
  for (const [name, value, heads] of [
    ["encoder.d_model", encoder.d_model, encoder.sa_n_heads],
    ["decoder.d_model", decoder.d_model, decoder.sa_n_heads],
    ["decoder.d_model", decoder.d_model, decoder.xa_n_heads],
    ["local_transformer_hidden_dim", localWidth, section.local_transformer_n_heads],
  ] as const) {
    if (value % heads !== 0)
      problems.push(`${name} is ${value}, which ${heads} heads do not divide`);
  }
  for (const [name, layers] of Object.entries({ estimated, weighted })) {
    const beyond = layers?.find((layer) => layer >= decoder.n_layers);
    if (beyond !== undefined) {
      const field =
        name === "estimated" ? "estimate_alignment_from_layers" : "apply_prior_to_layers";
      problems.push(`inference_parameters.${field} has ${beyond} of ${decoder.n_layers} layers`);
    }
  }
  return problems;
}

/**
 * Special ids that old configurations number differently; only the default numbering is supported.
 */
function forcedIds(section: MagpieSection, codes: number): string[] {
  const usual = {
    forced_audio_bos_id: codes,
    forced_audio_eos_id: codes + 1,
    forced_context_audio_bos_id: codes + 2,
    forced_context_audio_eos_id: codes + 3,
    forced_mask_token_id: codes + 4,
    forced_num_all_tokens_per_codebook: codes + specialTokens,
  };
  const names = Object.keys(usual) as (keyof typeof usual)[];
  return names
    .filter((name) => section[name] != null && section[name] !== usual[name])
    .map((name) => `${name} is ${section[name]}; only ${usual[name]} is supported`);
}
