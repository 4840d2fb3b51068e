import { AppError } from "@parley/shared/errors";

/** Names under which models keep the tokenizer of a language, the likelier first. */
const knownNames: Readonly<Record<string, readonly string[]>> = {
  en: ["english_phoneme", "english"],
  de: ["german_phoneme", "german"],
  es: ["spanish_phoneme", "spanish"],
  fr: ["french_chartokenizer", "french"],
  it: ["italian_phoneme", "italian_chartokenizer", "italian"],
  vi: ["vietnamese_phoneme", "vietnamese_chartokenizer", "vietnamese"],
  zh: ["mandarin_phoneme", "mandarin", "chinese"],
  hi: ["hindi_chartokenizer", "hindi_phoneme", "hindi"],
  ja: ["japanese_phoneme", "japanese"],
  ko: ["korean_chartokenizer"],
  "pt-BR": ["portuguese_Brazilian_phoneme", "portuguese_phoneme"],
  "ar-AE": ["arabic_AE_chartokenizer"],
  "ar-SA": ["arabic_SA_chartokenizer"],
  "ar-MSA": ["arabic_MSA_chartokenizer", "arabic_msa_chartokenizer"],
};

/**
 * The tokenizer of each language, by name: as the model itself says, else by known names. Languages
 * without one are left out; NeMo would read them as English.
 *
 * @param mapping the model's `language_to_tokenizer_mapping`
 * @throws AppError `model-mismatch` when the model names only tokenizers that it does not have
 */
export function languageTokenizers(
  mapping: Readonly<Record<string, readonly string[]>> | null | undefined,
  tokenizers: ReadonlySet<string>,
): ReadonlyMap<string, string> {
  const languages = new Map<string, string>();
  for (const [language, names] of Object.entries(mapping ?? knownNames)) {
    const name = names.find((candidate) => tokenizers.has(candidate));
    if (name !== undefined) languages.set(language, name);
    else if (mapping) {
      throw new AppError(
        "model-mismatch",
        `The model names ${names.join(", ")} for ${language}, and has no such tokenizer`,
      );
    }
  }
  return languages;
}
