import type { z } from "zod";
import type { ReadText } from "../tokenizers/read-text";
import type { DictionaryText } from "./dictionary-lines";
import { IpaTokenizer } from "./ipa-tokenizer";
import { defaultPunctuation, punctuationOf } from "../tokenizers/punctuation";
import type { ipaTokenizerSchema } from "../tokenizers/tokenizer-schemas";
import { stripEnd } from "../white-space";
import type { VersionedDefaults } from "../tokenizers/versioned-defaults";

type IpaConfig = z.infer<typeof ipaTokenizerSchema>;

/** @throws AppError `model-mismatch` for a malformed dictionary */
export async function createIpaTokenizer(
  config: IpaConfig,
  defaults: VersionedDefaults,
  readText: ReadText,
): Promise<IpaTokenizer> {
  const { g2p, locale } = config;
  const dictionaries: DictionaryText[] = [];
  for (const name of g2p.phoneme_dict) dictionaries.push({ name, text: await readText(name) });
  return new IpaTokenizer({
    locale,
    dictionaries,
    heteronyms: await readHeteronyms(g2p.heteronyms ?? [], readText),
    rules: {
      locale: g2p.locale,
      graphemeCase: g2p.grapheme_case,
      graphemePrefix: g2p.grapheme_prefix,
      usesLetters: g2p.use_chars || typeof g2p.phoneme_probability === "number",
      usesStresses: g2p.use_stresses,
      ignoresAmbiguousWords: g2p.ignore_ambiguous_words,
    },
    hasApostrophe: config.apostrophe,
    punctuation: config.punct ? punctuation(config, defaults) : [],
    padWithSpace: config.pad_with_space,
  });
}

function punctuation(config: IpaConfig, defaults: VersionedDefaults): readonly string[] {
  const { locale, non_default_punct_list: own, locale_specific_punct: isSpecific } = config;
  const byDefault = locale !== "pt-BR" || defaults.hasPortuguesePunctuation;
  return own ?? ((isSpecific ?? byDefault) ? punctuationOf(locale) : defaultPunctuation);
}

/** @param heteronyms a member with a word in each line, or the words */
async function readHeteronyms(
  heteronyms: string | readonly string[],
  readText: ReadText,
): Promise<readonly string[]> {
  if (typeof heteronyms !== "string") return heteronyms;
  const lines = (await readText(heteronyms)).split(/\r\n|\r|\n/);
  return lines.map(stripEnd);
}
