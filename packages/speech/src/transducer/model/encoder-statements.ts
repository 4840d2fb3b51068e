import type { ModelOutline } from "@parley/nemo-onnx/onnx/inspect-model";
import { z } from "zod";
import { melFramesPerEncoderFrame } from "../frame-rates";
import { readBakedSizes } from "./baked-sizes";
import type { EncoderInterface } from "./encoder-interface";
import type { Mismatches } from "./mismatches";
import type { ModelStatement } from "./model-statements";
import { parseNormalization } from "./parse-normalization";

const count = z.coerce.number().int().min(0);
const promptsSchema = z.record(z.string(), z.int().min(0));

/** Metadata that sherpa-onnx's and parakeet-rs's exporters write into an encoder, as text. */
const metadataSchema = z.looseObject({
  /** sherpa-onnx: mel frames of a chunk, including those repeated from the one before. */
  window_size: count.optional(),
  feat_dim: count.optional(),
  vocab_size: count.optional(),
  normalize_type: z.string().optional(),
  subsampling_factor: count.optional(),
  cache_last_channel_dim1: count.optional(),
  cache_last_channel_dim2: count.optional(),
  cache_last_channel_dim3: count.optional(),
  cache_last_time_dim2: count.optional(),
  cache_last_time_dim3: count.optional(),
  prompt_dictionary: z.string().optional(),
  auto_prompt_id: count.optional(),
  /** parakeet-rs: encoder frames of a chunk. */
  chunk_size_output_frames: count.optional(),
});

/** Statements of an encoder's graph and metadata. */
export function encoderStatements(
  graph: ModelOutline,
  encoder: EncoderInterface,
  mismatches: Mismatches,
): ModelStatement[] {
  const { mels, width, caches } = encoder;
  const baked = readBakedSizes(graph, encoder);
  const isStreaming = caches !== null;
  const statements: ModelStatement[] = [
    {
      source: `the graph of ${graph.file}`,
      mels: mels ?? undefined,
      width: width ?? undefined,
      layers: caches?.layers ?? undefined,
      channelRows: caches?.channelRows ?? undefined,
      channelWidth: caches?.channelWidth ?? undefined,
      leftContext: caches?.leftContext ?? baked.leftContext ?? undefined,
      convolutionContext:
        caches?.convolutionContext ?? (isStreaming ? baked.convolutionContext : null) ?? undefined,
      bakedRightContext: (isStreaming ? baked.rightContext : null) ?? undefined,
    },
  ];
  // Only parakeet-rs has the layers first, and it feeds such models features without normalisation.
  if (caches?.isLayerFirst === true) {
    statements.push({ source: "parakeet-rs's format", normalization: "none" });
  }
  statements.push(...metadataStatements(graph, isStreaming, mismatches));
  return statements;
}

function metadataStatements(
  { file, metadata }: ModelOutline,
  isStreaming: boolean,
  mismatches: Mismatches,
): ModelStatement[] {
  const source = `the metadata of ${file}`;
  const read = metadataSchema.safeParse(metadata);
  if (!read.success) {
    mismatches.add(`${source}: ${z.prettifyError(read.error)}`);
    return [];
  }
  const values = read.data;
  if (
    values.subsampling_factor !== undefined &&
    values.subsampling_factor !== melFramesPerEncoderFrame
  ) {
    mismatches.add(
      `${source}: subsampling by ${values.subsampling_factor} instead of ${melFramesPerEncoderFrame}`,
    );
  }
  const chunk = isStreaming ? chunkFrames(values) : null;
  return [
    {
      source,
      mels: values.feat_dim,
      tokens: values.vocab_size,
      normalization:
        values.normalize_type === undefined
          ? undefined
          : parseNormalization(values.normalize_type, source, mismatches),
      layers: values.cache_last_channel_dim1,
      leftContext: values.cache_last_channel_dim2,
      channelRows: values.cache_last_channel_dim1,
      channelWidth: values.cache_last_channel_dim3,
      width: values.cache_last_time_dim2 ?? values.cache_last_channel_dim3,
      convolutionContext: values.cache_last_time_dim3,
      bakedRightContext: chunk === null ? undefined : chunk - 1,
      // sherpa-onnx recognises a TDT model by outputs beyond its vocabulary; none is cache-aware.
      countsDurations: values.vocab_size === undefined || isStreaming ? undefined : true,
      languages: promptLanguages(values, source, mismatches),
    },
  ];
}

/**
 * Encoder frames of a chunk; sherpa-onnx's windows have 8 (R + 1) mel frames and 9 repeated ones.
 */
function chunkFrames(values: z.infer<typeof metadataSchema>): number | null {
  if (values.chunk_size_output_frames !== undefined) return values.chunk_size_output_frames;
  return values.window_size === undefined
    ? null
    : (values.window_size - 9) / melFramesPerEncoderFrame;
}

function promptLanguages(
  { prompt_dictionary: written, auto_prompt_id: auto }: z.infer<typeof metadataSchema>,
  source: string,
  mismatches: Mismatches,
): ModelStatement["languages"] {
  if (written === undefined) return undefined;
  try {
    const languages = promptsSchema.parse(JSON.parse(written));
    return auto === undefined || "auto" in languages ? languages : { ...languages, auto };
  } catch {
    mismatches.add(`${source}: prompt_dictionary is not a table of languages`);
    return undefined;
  }
}
