import { AppError } from "@parley/shared/errors";
import { z } from "zod";

const schema = z.object({
  /** Their order is that of the ids. */
  text_tokenizers: z.record(z.string(), z.looseObject({ _target_: z.string() })),
  nemo_version: z.string().nullish(),
  language_to_tokenizer_mapping: z
    .record(
      z.string(),
      z.union([z.string().transform((name) => [name]), z.array(z.string()).min(1)]),
    )
    .nullish(),
  // Both would lead from text to the encoder in other ways.
  legacy_text_conditioning: z.literal(false).nullish(),
  use_bpe_char_tokenizer: z.literal(false).nullish(),
});

/** The parts of `model_config.yaml` that say how text becomes ids. */
export type TextConfig = z.infer<typeof schema>;
export type TokenizerConfig = TextConfig["text_tokenizers"][string];

/** @throws AppError `model-mismatch`, naming the missing or unsupported setting */
export function parseTextConfig(config: unknown, file: string): TextConfig {
  return parseConfig(schema, config, file);
}

/**
 * @param name of the part, for messages
 * @throws AppError `model-mismatch`
 */
export function parseConfig<Schema extends z.ZodType>(
  part: Schema,
  config: unknown,
  name: string,
): z.infer<Schema> {
  const result = part.safeParse(config);
  if (result.success) return result.data;
  throw new AppError("model-mismatch", `${name}: ${z.prettifyError(result.error)}`, {
    cause: result.error,
  });
}
