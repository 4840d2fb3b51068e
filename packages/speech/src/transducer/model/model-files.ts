import { readdir } from "node:fs/promises";
import { basename, join } from "node:path";
import { AppError } from "@parley/shared/errors";
import type { Mismatches } from "./mismatches";

/** Files of a model by their part, as full paths; null for missing ones. */
export type ModelFiles = {
  readonly directory: string;
  /** Null only together with a mismatch. */
  readonly encoder: string | null;
  /** Prediction network and joint in one graph, or in two. */
  readonly decoderJoint: string | null;
  readonly decoder: string | null;
  readonly joiner: string | null;
  /** Pieces with their ids: `tokens.txt`, `vocab.txt`, `*_vocab.txt`. */
  readonly tokens: string | null;
  readonly sentencePieceModel: string | null;
  /** `parley.json`, of our own converter. */
  readonly manifest: string | null;
  /** `model_config.yaml`, NeMo's. */
  readonly nemoConfig: string | null;
  /** `config.json` of onnx-asr and parakeet-rs. */
  readonly config: string | null;
  /** `genai_config.json` of ONNX Runtime GenAI. */
  readonly genaiConfig: string | null;
  /** `audio_processor_config.json` of ONNX Runtime GenAI. */
  readonly audioConfig: string | null;
  /** `preprocessor.safetensors`, of our own converter. */
  readonly preprocessor: string | null;
  /** Choices among several candidate files. */
  readonly remarks: readonly string[];
};

/**
 * Pattern for "encoder", "encoder-model", "encoder.int8" and the like; the group is the precision.
 */
function graphPattern(part: string): RegExp {
  return new RegExp(`^${part}(?:[-_]model)?(?:[-_.]([a-z0-9]+))?\\.onnx$`);
}

const patterns = {
  encoder: graphPattern("encoder"),
  decoderJoint: graphPattern("decoder[-_]joint"),
  decoder: graphPattern("decoder"),
  joiner: graphPattern("(?:joiner|joint)"),
  tokens: /^(?:tokens|vocab)\.txt$/,
  otherTokens: /_vocab\.txt$/,
  sentencePieceModel: /^(?:.*_)?tokenizer\.model$/,
};

/**
 * Identifies a folder's files by their names. Of graphs in several precisions it takes the one
 * without a suffix, else int8.
 *
 * @param mismatches receives the missing files
 * @throws AppError `model-mismatch` when there is no such folder
 */
export async function findModelFiles(
  directory: string,
  mismatches: Mismatches,
): Promise<ModelFiles> {
  const names = await readdir(directory).catch((cause: unknown) => {
    throw new AppError("model-mismatch", `${directory} is not a folder with a model`, { cause });
  });
  const remarks: string[] = [];
  const find = (pattern: RegExp): string | null => {
    const [best, ...others] = names.filter((name) => pattern.test(name)).sort(byPrecision(pattern));
    if (best === undefined) return null;
    if (others.length > 0) remarks.push(`${best} is used, not ${others.join(", ")}`);
    return join(directory, best);
  };
  const exact = (name: string) => (names.includes(name) ? join(directory, name) : null);

  const encoder = find(patterns.encoder);
  const decoderJoint = find(patterns.decoderJoint);
  const isSplit = decoderJoint === null;
  const decoder = isSplit ? find(patterns.decoder) : null;
  const joiner = isSplit ? find(patterns.joiner) : null;
  if (encoder === null) mismatches.add(`${basename(directory)} has no encoder.onnx`);
  if (isSplit && decoder === null && joiner === null) {
    mismatches.add(`${basename(directory)} has no decoder_joint.onnx`);
  } else if (isSplit && decoder === null) {
    mismatches.add(`${basename(directory)} has a joiner.onnx, but no decoder.onnx`);
  } else if (isSplit && joiner === null) {
    mismatches.add(`${basename(directory)} has a decoder.onnx, but no joiner.onnx`);
  }
  return {
    directory,
    encoder,
    decoderJoint,
    decoder,
    joiner,
    tokens: find(patterns.tokens) ?? find(patterns.otherTokens),
    sentencePieceModel: find(patterns.sentencePieceModel),
    manifest: exact("parley.json"),
    nemoConfig: exact("model_config.yaml"),
    config: exact("config.json"),
    genaiConfig: exact("genai_config.json"),
    audioConfig: exact("audio_processor_config.json"),
    preprocessor: exact("preprocessor.safetensors"),
    remarks,
  };
}

function byPrecision(pattern: RegExp): (one: string, other: string) => number {
  const rank = (name: string) => {
    const precision = pattern.exec(name)?.[1] ?? "";
    return precision === "" ? 0 : precision === "int8" ? 1 : 2;
  };
  return (one, other) => rank(one) - rank(other) || (one < other ? -1 : 1);
}
