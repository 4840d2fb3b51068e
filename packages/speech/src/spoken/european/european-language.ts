import type { CountingLanguage } from "../number-to-words";

/** How a language that writes 1.234,5 says what stands in figures and signs. */
export type EuropeanLanguage = {
  language: Exclude<CountingLanguage, "en">;
  /** For `Intl`. */
  locale: string;
  /** Between groups of three figures. */
  groupMark: "." | " ";
  /** Of a decimal: "Komma". */
  point: string;
  minus: string;
  to: string;
  /** Between euros and cents. */
  centsJoin: string;
  /** "ein" of "ein Euro". */
  oneOfMasculine: string;
  /** Its word depends on the noun that it counts, so its figures are kept before a word. */
  agrees: (value: number) => boolean;
  year: (value: number, words: (value: number) => string) => string;
  /** Of day, month and year, each in words. */
  date: (day: string, month: string, year: string | null) => string;
  /** The day of a date in words. @param before "am", "der", or empty: German declines it */
  day: (value: number, words: (value: number) => string, before: string) => string;
  time: (hour: number, minute: number, words: (value: number) => string) => string;
  abbreviations: Readonly<Record<string, string>>;
  /** Signs in words; figures stand beside them as they were written. */
  signs: readonly (readonly [sign: RegExp, words: string])[];
};
