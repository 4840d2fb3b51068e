import type { Groups } from "../rewrite";
import type { CountingLanguage } from "../number-to-words";

/** Words and signs of a language that writes 1.234,5. */
export type EuropeanLanguage = {
  language: Exclude<CountingLanguage, "en">;
  /** Locale for `Intl`. */
  locale: string;
  /** Separator of groups of three figures. */
  groupMark: "." | " ";
  /** Word for the decimal comma: "Komma". */
  point: string;
  minus: string;
  to: string;
  /** Pattern of words before a sum: "was ist". */
  asksSum: string;
  /** Word between euros and cents. */
  centsJoin: string;
  /** The number one before a masculine noun: "ein" of "ein Euro". */
  oneOfMasculine: string;
  /** Numbers whose word depends on the noun; their figures are kept before a word. */
  agrees: (value: number) => boolean;
  year: (value: number, words: (value: number) => string) => string;
  /** Joins day, month and year, each in words. */
  date: (day: string, month: string, year: string | null) => string;
  /** The day of a date in words. @param before "am", "der", or empty: German declines it */
  day: (value: number, words: (value: number) => string, before: string) => string;
  time: (hour: number, minute: number, words: (value: number) => string) => string;
  abbreviations: Readonly<Record<string, string>>;
  /** Short names of weekdays and their full ones. */
  weekdays: Readonly<Record<string, string>>;
  /** Pattern of words that follow a weekday in opening hours: "geschlossen". */
  closed: string;
  /** Pattern of nouns before a code, which is spoken figure by figure. */
  codeNouns: string;
  /** Pattern of words between such a noun and its code: "ist". */
  isWord: string;
  /** Common fractions: "1/2", "3/4". */
  fractions: Readonly<Record<string, string>>;
  /** Word between a fraction and what it is of, the half apart; empty for none. */
  fractionOf: string;
  /** Word between a whole number and a fraction. */
  and: string;
  /** Written ordinals and their words. */
  ordinals: readonly (readonly [written: RegExp, words: (groups: Groups) => string | null])[];
  /** Signs in words; figures stand beside them as they were written. */
  signs: readonly (readonly [sign: RegExp, words: string])[];
};
