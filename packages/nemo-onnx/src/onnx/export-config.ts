import { z } from "zod";
import { parseModelConfig } from "../checkpoint/model-config";
import { ModelError } from "../errors";

const contextSchema = z.tuple([z.int(), z.int()]);
const promptsSchema = z.record(z.string(), z.int().min(0));
const durationsSchema = z.array(z.int().min(0));

/** The fields of NeMo's `model_config.yaml` that running an exported graph needs. */
const configSchema = z.looseObject({
  preprocessor: z.looseObject({
    features: z.int().min(1),
    normalize: z.string().nullable(),
  }),
  encoder: z.looseObject({
    att_context_size: z.union([z.array(contextSchema), contextSchema]).nullish(),
    att_context_style: z.string().nullish(),
  }),
  joint: z.looseObject({
    vocabulary: z.array(z.string()).nullish(),
    num_classes: z.int().nullish(),
  }),
  model_defaults: z
    .looseObject({
      tdt_durations: durationsSchema.nullish(),
      prompt_dictionary: promptsSchema.nullish(),
    })
    .nullish(),
});

/** The part of NeMo's configuration that determines how to feed an exported graph. */
export type ExportConfig = {
  mels: number;
  /** `preprocessor.normalize` as written: `NA`, `per_feature`, or another value. */
  normalization: string;
  /**
   * Left and right contexts of training, in encoder frames; empty for models with full attention.
   */
  contexts: readonly (readonly [left: number, right: number])[];
  /** Vocabulary without the blank; null when the configuration has none. */
  pieces: readonly string[] | null;
  /** Encoder frames of each duration output of a TDT model; null for others. */
  durations: readonly number[] | null;
  /** Index of each language in the prompt; null for models without a prompt. */
  languages: Readonly<Record<string, number>> | null;
};

/**
 * Parses NeMo's `model_config.yaml`, which may lie beside the graphs of an export.
 *
 * @param file the file's name, for error messages
 * @throws ModelError when the text is not YAML, or not the configuration of a transducer
 */
export function parseExportConfig(text: string, file: string): ExportConfig {
  const read = configSchema.safeParse(parseModelConfig(text, file));
  if (!read.success) {
    throw new ModelError("malformed", `${file}: ${z.prettifyError(read.error)}`);
  }
  const { preprocessor, encoder, joint, model_defaults: defaults } = read.data;
  return {
    mels: preprocessor.features,
    normalization: preprocessor.normalize ?? "NA",
    contexts: contextsOf(encoder.att_context_size ?? []),
    pieces: joint.vocabulary ?? null,
    durations: defaults?.tdt_durations ?? null,
    languages: defaults?.prompt_dictionary ?? null,
  };
}

/** The limited contexts of `att_context_size`: one or a list. [-1, -1] means unlimited in NeMo. */
function contextsOf(
  written: readonly [number, number] | readonly (readonly [number, number])[],
): (readonly [number, number])[] {
  const contexts = written.flatMap((item) => (typeof item === "number" ? [] : [item]));
  const [left, right] = written;
  if (typeof left === "number" && typeof right === "number") contexts.push([left, right]);
  return contexts.filter(([past, future]) => past >= 0 && future >= 0);
}
