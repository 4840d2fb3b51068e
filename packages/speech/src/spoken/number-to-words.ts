import { toCardinal as german } from "n2words/de-DE";
import { toCardinal as english } from "n2words/en-US";
import { toCardinal as spanish } from "n2words/es-ES";
import { toCardinal as french } from "n2words/fr-FR";
import { toCardinal as italian } from "n2words/it-IT";

/** Languages whose numbers are put in words; others keep their figures. */
export type CountingLanguage = "en" | "de" | "es" | "fr" | "it";

/** Numbers above this are spoken figure by figure. */
export const largestNumber = 999_999_999_999_999;

const languages: Readonly<Record<CountingLanguage, (value: number) => string>> = {
  en: english,
  fr: french,
  // Spellings of n2words that differ from the language's, and that a voice would stress wrongly.
  de: (value) => german(value).replace(/eins(?=tausend| [MB]ill)/gu, "ein"),
  es: (value) =>
    spanish(value)
      .replaceAll("dieciseis", "dieciséis")
      .replace(/veintiuno(?= (?:mil|bill))/gu, "veintiún")
      .replace(/uno(?= (?:mil|bill))/gu, "un"),
  it: (value) =>
    italian(value)
      .replaceAll("tré", "tre")
      .replace(/(?<=\p{L})tre$/u, "tré"),
};

/**
 * @param value a whole number from 0 to `largestNumber`
 * @returns the cardinal number as in counting: "twenty-one", "vingt et un"
 */
export function numberToWords(value: number, language: CountingLanguage): string {
  return languages[language](value);
}
