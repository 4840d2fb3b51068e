import { AppError } from "@parley/shared/errors";
import type { AsrModel } from "../model/asr-model";

/**
 * The prompt index of a language: by its full name ("en-US"), else the first of the same language
 * ("en"), else, when none was asked for, the model's own guess ("auto") or its first.
 *
 * @throws AppError `invalid-request` when a prompted model does not know it
 */
export function chooseLanguage(
  languages: AsrModel["languages"],
  wanted: string | undefined,
): number {
  if (languages === null) return 0;
  if (wanted === undefined) return languages.get("auto") ?? 0;
  const exact = languages.get(wanted);
  if (exact !== undefined) return exact;
  const primary = primaryOf(wanted);
  for (const [name, index] of languages) if (primaryOf(name) === primary) return index;
  throw new AppError(
    "invalid-request",
    `language ${wanted} is none of the model's: ${[...languages.keys()].join(", ")}`.slice(0, 500),
  );
}

/** "en" of "en-US" (RFC 5646's primary language subtag). */
function primaryOf(language: string): string {
  return (language.split(/[-_]/)[0] ?? language).toLowerCase();
}
