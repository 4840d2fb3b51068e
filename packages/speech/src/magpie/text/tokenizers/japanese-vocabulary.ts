import type { z } from "zod";
import { withSpecialTokens } from "./token-ids";
import type { TokenizerWithoutLexicon } from "./tokenizer";
import type { japaneseTokenizerSchema } from "./tokenizer-schemas";

/** Katakana, small ones and the mark of length included. */
const katakana = 85;
/** Low and high. */
const pitches = 2;
const letters = 26;
/** NeMo's `get_ipa_punctuation_list("ja-JP")`. */
const punctuation = 59;

/**
 * The size of NeMo's `JapanesePhonemeTokenizer`. Text becomes katakana with pitch accents through
 * Open JTalk, which no model brings.
 */
export function japaneseVocabulary(
  config: z.infer<typeof japaneseTokenizerSchema>,
): TokenizerWithoutLexicon {
  const marks = config.punct ? (config.non_default_punct_list?.length ?? punctuation) : 0;
  const size =
    1 + // the space
    katakana +
    pitches +
    (config.g2p.ascii_letter_case === "mixed" ? 2 * letters : letters) +
    (config.apostrophe ? 1 : 0) +
    marks +
    withSpecialTokens([]).length;
  return { type: "without-lexicon", size, lexicon: "the Japanese lexicon of Open JTalk" };
}
