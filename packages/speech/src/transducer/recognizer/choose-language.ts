import { AppError } from "@parley/shared/errors";
import { primaryLanguage } from "@parley/shared/protocol/primary-language";
import type { AsrModel } from "../model/asr-model";

/**
 * Prompt index of a language: by its full name ("en-US"), else the first with the same primary
 * language ("en"); without a wanted language, that of the model's own guess ("auto"), else 0.
 *
 * @throws AppError `invalid-request` when a prompted model does not know the language
 */
export function chooseLanguage(
  languages: AsrModel["languages"],
  wanted: string | undefined,
): number {
  if (languages === null) return 0;
  if (wanted === undefined) return languages.get("auto") ?? 0;
  const exact = languages.get(wanted);
  if (exact !== undefined) return exact;
  const primary = primaryLanguage(wanted);
  for (const [name, index] of languages) if (primaryLanguage(name) === primary) return index;
  throw new AppError(
    "invalid-request",
    `language ${wanted} is not one of the model's: ${[...languages.keys()].join(", ")}`.slice(
      0,
      500,
    ),
  );
}
