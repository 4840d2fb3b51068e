import type { z } from "zod";
import type { ReadText } from "./read-text";
import { toGraphemeCase } from "../ipa/grapheme-case";
import { defaultPunctuation } from "./punctuation";
import { withSpecialTokens } from "./token-ids";
import type { TokenizerWithoutLexicon } from "./tokenizer";
import type { mandarinTokenizerSchema } from "./tokenizer-schemas";
import { splitWords } from "../white-space";

const tones = 5;
const letters = 26;
const punctuation = [...Array.from("，。？！；：、‘’“”（）【】「」《》"), ...defaultPunctuation];

/**
 * The size of NeMo's `ChinesePhonemesTokenizer`: the sounds are counted in its dictionary of
 * syllables. Characters become syllables through jieba and pypinyin, which no model brings.
 */
export async function readMandarinVocabulary(
  config: z.infer<typeof mandarinTokenizerSchema>,
  readText: ReadText,
): Promise<TokenizerWithoutLexicon> {
  const { phoneme_dict: dictionary, phoneme_case, ascii_letter_case } = config.g2p;
  const syllables = new Map<string, string[]>();
  for (const line of (await readText(dictionary)).split(/\r\n|\r|\n/)) {
    if (line.startsWith(";;;")) continue;
    const [syllable = "", sounds] = line.split("\t");
    if (sounds === undefined) continue;
    syllables.set(syllable.toLowerCase(), splitWords(toGraphemeCase(sounds, phoneme_case)));
  }
  const marks = config.punct ? (config.non_default_punct_list ?? punctuation) : [];
  const size =
    1 + // the space
    new Set([...syllables.values()].flat()).size +
    tones +
    (ascii_letter_case === "mixed" ? 2 * letters : letters) +
    (config.apostrophe ? 1 : 0) +
    withSpecialTokens(marks).length;
  return { type: "without-lexicon", size, lexicon: "the Mandarin lexicon of jieba and pypinyin" };
}
