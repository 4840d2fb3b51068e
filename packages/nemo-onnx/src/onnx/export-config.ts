import { z } from "zod";
import { parseModelConfig } from "../checkpoint/model-config";
import { ModelError } from "../errors";

const contextSchema = z.tuple([z.int(), z.int()]);
const promptsSchema = z.record(z.string(), z.int().min(0));
const durationsSchema = z.array(z.int().min(0));

/** What an exported graph needs of NeMo's `model_config.yaml`; everything else is let be. */
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

/** NeMo's configuration, as far as it tells how to feed an exported graph. */
export type ExportConfig = {
  mels: number;
  /** As written: `NA`, `per_feature`, or something else. */
  normalization: string;
  /** Left and right context in encoder frames, as trained; empty for models that see everything. */
  contexts: readonly (readonly [left: number, right: number])[];
  /** Without the blank; null when not told. */
  pieces: readonly string[] | null;
  durations: readonly number[] | null;
  languages: Readonly<Record<string, number>> | null;
};

/**
 * Reads `model_config.yaml`, NeMo's own, where it lies beside a bare export.
 *
 * @param file for messages
 * @throws ModelError when it is no YAML, or no configuration of a transducer
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

/** One context or a list of them; [-1, -1] is NeMo's way to say "everything". */
function contextsOf(
  written: readonly [number, number] | readonly (readonly [number, number])[],
): (readonly [number, number])[] {
  const contexts = written.flatMap((item) => (typeof item === "number" ? [] : [item]));
  const [left, right] = written;
  if (typeof left === "number" && typeof right === "number") contexts.push([left, right]);
  return contexts.filter(([past, future]) => past >= 0 && future >= 0);
}
