import type { AddressWords } from "./addresses";
import { englishWords } from "./english/english-words";
import { EuropeanWords } from "./european/european-words";
import { french } from "./european/french";
import { german } from "./european/german";
import { italian } from "./european/italian";
import { spanish } from "./european/spanish";

/** The rules of one language. */
export type SpokenLanguage = {
  /** Spoken in place of a block of code; empty for nothing. */
  codeLeftOut: string;
  /** Words for the signs of addresses; `null` keeps the signs. */
  address: AddressWords | null;
  /** Puts figures, signs and abbreviations in words; `null` keeps them and all punctuation. */
  words: ((text: string) => string) | null;
};

function european(
  words: EuropeanWords,
  codeLeftOut: string,
  address: AddressWords,
): SpokenLanguage {
  return { codeLeftOut, address, words: (text) => words.of(text) };
}

function english(isDayFirst: boolean): SpokenLanguage {
  return {
    codeLeftOut: "I leave out the code.",
    address: { dot: "dot", at: "at" },
    words: (text) => englishWords(text, isDayFirst),
  };
}

const americanEnglish = english(false);
const otherEnglish = english(true);
const languages: Readonly<Record<string, SpokenLanguage>> = {
  de: european(new EuropeanWords(german), "Den Code lasse ich weg.", { dot: "Punkt", at: "ät" }),
  es: european(new EuropeanWords(spanish), "Omito el código.", { dot: "punto", at: "arroba" }),
  fr: european(new EuropeanWords(french), "Je passe le code.", { dot: "point", at: "arobase" }),
  it: european(new EuropeanWords(italian), "Tralascio il codice.", {
    dot: "punto",
    at: "chiocciola",
  }),
  zh: { codeLeftOut: "代码略。", address: null, words: null },
  ja: { codeLeftOut: "コードは省略します。", address: null, words: null },
};
const unknown: SpokenLanguage = { codeLeftOut: "", address: null, words: null };

/** @param tag BCP 47: "en", "en-GB", "zh-CN" */
export function spokenLanguage(tag: string): SpokenLanguage {
  const [language = "", region = "US"] = tag.split(/[-_]/u);
  if (language.toLowerCase() === "en") {
    return /^(?:US|PH)$/iu.test(region) ? americanEnglish : otherEnglish;
  }
  return languages[language.toLowerCase()] ?? unknown;
}
