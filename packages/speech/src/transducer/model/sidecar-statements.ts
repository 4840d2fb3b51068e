import { readFile } from "node:fs/promises";
import { basename } from "node:path";
import { modelManifestSchema } from "@parley/nemo-onnx/convert/model-manifest";
import { parseExportConfig } from "@parley/nemo-onnx/onnx/export-config";
import { errorMessage } from "@parley/shared/errors";
import { z } from "zod";
import { encoderFrameSamples, melFramesPerEncoderFrame } from "../frame-rates";
import type { Mismatches } from "./mismatches";
import type { ModelFiles } from "./model-files";
import type { ModelStatement } from "./model-statements";
import { parseNormalization } from "./parse-normalization";

const count = z.int().min(0);

/** `config.json`: onnx-asr writes the first three, parakeet-rs's exporters the others. */
const configSchema = z.looseObject({
  model_type: z.string().optional(),
  features_size: count.optional(),
  subsampling_factor: z.literal(melFramesPerEncoderFrame).optional(),
  n_mels: count.optional(),
  chunk_size_output_frames: count.optional(),
  left_context: count.optional(),
  prompt_dictionary: z.record(z.string(), count).optional(),
});

/** `genai_config.json` of ONNX Runtime GenAI. */
const genaiSchema = z.looseObject({
  model: z.looseObject({
    num_mels: count.optional(),
    chunk_samples: count.optional(),
    left_context: count.optional(),
    conv_context: count.optional(),
    blank_id: count.optional(),
    subsampling_factor: z.literal(melFramesPerEncoderFrame).optional(),
  }),
});

/** `audio_processor_config.json` of ONNX Runtime GenAI. */
const audioSchema = z.looseObject({
  audio_params: z.looseObject({ n_mels: count.optional(), normalize: z.string().nullish() }),
});

/** Statements of the files beside the graphs. */
export async function sidecarStatements(
  files: ModelFiles,
  mismatches: Mismatches,
): Promise<ModelStatement[]> {
  const readers = [
    { path: files.manifest, read: manifestStatement },
    { path: files.nemoConfig, read: nemoStatement },
    { path: files.config, read: configStatement },
    { path: files.genaiConfig, read: genaiStatement },
    { path: files.audioConfig, read: audioStatement },
  ];
  const statements: ModelStatement[] = [];
  for (const { path, read } of readers) {
    if (path === null) continue;
    try {
      statements.push(read(await readFile(path, "utf8"), basename(path), mismatches));
    } catch (error) {
      const reason = error instanceof z.ZodError ? z.prettifyError(error) : errorMessage(error);
      mismatches.add(`${basename(path)}: ${reason}`);
    }
  }
  return statements;
}

function manifestStatement(text: string, source: string): ModelStatement {
  const { name, features, encoder, durations } = modelManifestSchema.parse(JSON.parse(text));
  const isStreaming = encoder.type === "streaming";
  return {
    source,
    name,
    mels: features.mels,
    normalization: features.normalization,
    leftContext: isStreaming ? encoder.leftContext : undefined,
    trainedRightContexts: isStreaming ? encoder.rightContexts : undefined,
    durations,
  };
}

function nemoStatement(text: string, source: string, mismatches: Mismatches): ModelStatement {
  const config = parseExportConfig(text, source);
  const [first] = config.contexts;
  const rightContexts = new Set(config.contexts.map(([, right]) => right));
  return {
    source,
    mels: config.mels,
    normalization: parseNormalization(config.normalization, source, mismatches),
    leftContext: first?.[0],
    trainedRightContexts:
      first === undefined ? undefined : [...rightContexts].sort((one, other) => one - other),
    tokens: config.pieces?.length,
    pieces: config.pieces ?? undefined,
    durations: config.durations,
    languages: config.languages ?? undefined,
  };
}

function configStatement(text: string, source: string): ModelStatement {
  const config = configSchema.parse(JSON.parse(text));
  const isOnnxAsr = config.model_type?.startsWith("nemo-conformer") === true;
  const chunk = config.chunk_size_output_frames;
  return {
    source,
    mels: config.features_size ?? config.n_mels,
    // onnx-asr's own preprocessor for these types normalises each feature.
    normalization: isOnnxAsr ? "per-feature" : undefined,
    countsDurations: config.model_type === "nemo-conformer-tdt" ? true : undefined,
    durations: config.model_type === "nemo-conformer-rnnt" ? null : undefined,
    bakedRightContext: chunk === undefined ? undefined : chunk - 1,
    leftContext: config.left_context,
    languages: config.prompt_dictionary,
  };
}

function genaiStatement(text: string, source: string): ModelStatement {
  const { model } = genaiSchema.parse(JSON.parse(text));
  const samples = model.chunk_samples;
  return {
    source,
    mels: model.num_mels,
    bakedRightContext: samples === undefined ? undefined : samples / encoderFrameSamples - 1,
    leftContext: model.left_context,
    convolutionContext: model.conv_context,
    tokens: model.blank_id,
  };
}

function audioStatement(text: string, source: string, mismatches: Mismatches): ModelStatement {
  const { n_mels: mels, normalize } = audioSchema.parse(JSON.parse(text)).audio_params;
  return {
    source,
    mels,
    normalization:
      normalize === undefined
        ? undefined
        : parseNormalization(normalize ?? "NA", source, mismatches),
  };
}
