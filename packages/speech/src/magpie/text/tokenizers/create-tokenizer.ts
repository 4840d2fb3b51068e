import { AppError } from "@parley/shared/errors";
import { byt5Tokenizer } from "./byt5-tokenizer";
import { createArabicTokenizer, createHindiTokenizer } from "./create-character-tokenizer";
import { createIpaTokenizer } from "../ipa/create-ipa-tokenizer";
import { japaneseVocabulary } from "./japanese-vocabulary";
import { readMandarinVocabulary } from "./mandarin-vocabulary";
import type { ReadText } from "./read-text";
import { parseConfig, type TokenizerConfig } from "../text-config";
import type { Tokenizer, TokenizerWithoutLexicon } from "./tokenizer";
import {
  arabicTokenizerSchema,
  byt5TokenizerSchema,
  hindiTokenizerSchema,
  ipaTokenizerSchema,
  japaneseTokenizerSchema,
  mandarinTokenizerSchema,
} from "./tokenizer-schemas";
import type { VersionedDefaults } from "./versioned-defaults";

/**
 * The tokenizer that a configuration describes.
 *
 * @param name for messages
 * @throws AppError `model-mismatch` for kinds and settings that are not known
 */
export async function createTokenizer(
  name: string,
  config: TokenizerConfig,
  { defaults, readText }: { defaults: VersionedDefaults; readText: ReadText },
): Promise<Tokenizer | TokenizerWithoutLexicon> {
  const kind = config._target_.split(".").at(-1);
  switch (kind) {
    case "IPATokenizer":
      return createIpaTokenizer(parseConfig(ipaTokenizerSchema, config, name), defaults, readText);
    case "HindiCharsTokenizer":
      return createHindiTokenizer(parseConfig(hindiTokenizerSchema, config, name), defaults);
    case "ArabicCharsTokenizer":
      return createArabicTokenizer(parseConfig(arabicTokenizerSchema, config, name), defaults);
    case "AutoTokenizer":
      parseConfig(byt5TokenizerSchema, config, name);
      return byt5Tokenizer;
    case "ChinesePhonemesTokenizer":
      return readMandarinVocabulary(parseConfig(mandarinTokenizerSchema, config, name), readText);
    case "JapanesePhonemeTokenizer":
      return japaneseVocabulary(parseConfig(japaneseTokenizerSchema, config, name));
    default:
      throw new AppError("model-mismatch", `${name}: no tokenizer ${config._target_} is known`);
  }
}
