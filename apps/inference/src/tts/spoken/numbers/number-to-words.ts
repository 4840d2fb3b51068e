import { englishNumber } from "./english-number";
import { frenchNumber } from "./french-number";
import { germanNumber } from "./german-number";
import { italianNumber } from "./italian-number";
import { spanishNumber } from "./spanish-number";

/** Languages whose numbers are put into words; others keep their figures. */
export type CountingLanguage = "en" | "de" | "es" | "fr" | "it";

/** Beyond this a number is said figure by figure. */
export const largestNumber = 999_999_999_999_999;

const languages: Readonly<Record<CountingLanguage, (value: number) => string>> = {
  en: englishNumber,
  de: germanNumber,
  es: spanishNumber,
  fr: frenchNumber,
  it: italianNumber,
};

/**
 * @param value a whole number from 0 to `largestNumber`
 * @returns the cardinal as one says it when counting: "twenty-one", "vingt et un"
 */
export function numberToWords(value: number, language: CountingLanguage): string {
  return languages[language](value);
}
