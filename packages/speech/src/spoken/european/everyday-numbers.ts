import { rewrite } from "../rewrite";
import { unitSigns, unitWords, signPattern } from "../units";
import type { EuropeanLanguage } from "./european-language";

/** Everything but a unit, a decimal or a longer number may follow a code. */
const codeEnd = String.raw`(?![\p{L}\p{N}/]|[.,:]\d|\s?%)`;
/** Numbers that begin with a zero or a country's code, in groups. */
const phone =
  /(?<![\p{L}\p{N}.,-])(?:\+\d{1,3}[\s/-]?(?:\(0\)\s?)?\d{1,5}|\(?0\d{1,5}\)?)(?:\s?[\s/-]\s?\d{2,9}){1,6}(?![\p{L}\p{N}-]|[.,]\d)/gu;

/**
 * Numbers of everyday life that are no amounts, in German, Spanish, French and Italian: codes and
 * telephones figure by figure, fractions, ordinals, ranges of weekdays and months.
 */
export class EverydayNumbers {
  readonly #speech: EuropeanLanguage;
  readonly #words: (value: number) => string;
  readonly #code: RegExp;
  readonly #fraction: RegExp;
  readonly #range: RegExp;
  readonly #names: ReadonlyMap<string, string>;
  readonly #shortDay: RegExp;

  constructor(speech: EuropeanLanguage, words: (value: number) => string) {
    this.#speech = speech;
    this.#words = words;
    const { codeNouns, isWord, weekdays, locale } = speech;
    this.#code = new RegExp(
      String.raw`(?<=(?<![\p{L}-])(?:${codeNouns})(?:\.|\s?:|\s(?:${isWord}))?\s)(?<code>\d{2,14}(?:[ -]\d{2,6}){0,4})${codeEnd}`,
      "giu",
    );
    this.#fraction = new RegExp(
      String.raw`(?<![\p{L}\p{N}.,/])(?:(?<whole>\d{1,3})\s)?(?<part>[1-9]\/[2-9])(?:\s?(?<unit>${signPattern(unitSigns)})(?![\p{L}\p{N}²³/]))?(?![\p{N}/])`,
      "gu",
    );
    this.#names = new Map([...namesOf(locale), ...Object.entries(weekdays)]);
    const alternation = [...this.#names.keys()].sort((a, b) => b.length - a.length).join("|");
    this.#range = new RegExp(
      String.raw`(?<![\p{L}\p{N}-])(?<from>${alternation})\.?\s?[–-]\s?(?<to>${alternation})(?:\.(?=\s[\p{Ll}\d]))?(?![\p{L}\p{N}-])`,
      "gu",
    );
    const short = Object.keys(weekdays).join("|");
    this.#shortDay = new RegExp(
      String.raw`(?<![\p{L}\p{N}-])(?<from>${short})\.?:?(?=\s(?:\d{1,2}\s?(?:[–-]|Uhr|h\b|:)|${speech.closed}))`,
      "gu",
    );
  }

  /** Before dates and times, whose figures these are not. */
  of(text: string): string {
    const { to, ordinals } = this.#speech;
    let spoken = rewrite(
      text,
      this.#range,
      ({ from = "", to: until = "" }) => `${this.#full(from)} ${to} ${this.#full(until)}`,
    );
    spoken = rewrite(spoken, this.#shortDay, ({ from = "" }) => this.#full(from));
    spoken = rewrite(spoken, phone, (_, number) => this.#inGroups(number));
    spoken = rewrite(spoken, this.#code, ({ code = "" }) => this.#inGroups(code));
    for (const [pattern, say] of ordinals) spoken = rewrite(spoken, pattern, say);
    return rewrite(spoken, this.#fraction, ({ whole, part = "", unit }) => {
      const words = this.#speech.fractions[part];
      if (words === undefined) return null;
      const name = unit === undefined ? null : unitWords(unit, 1, this.#speech.locale);
      if (unit !== undefined && name === null) return null;
      const { and, fractionOf, language } = this.#speech;
      const isHalf = part === "1/2";
      const measured = name === null ? "" : ` ${name}`;
      if (whole !== undefined && isHalf && language === "de") {
        return (whole === "1" ? "ein" : this.#words(Number(whole))) + words + measured;
      }
      const before = whole === undefined ? "" : `${this.#words(Number(whole))} ${and} `;
      const of = isHalf || fractionOf === "" || name === null ? "" : ` ${fractionOf}`;
      return before + words + of + measured;
    });
  }

  #full(name: string): string {
    return this.#names.get(name) ?? name;
  }

  #inGroups(number: string): string {
    const groups = number.match(/\d+/gu) ?? [];
    const plus = number.startsWith("+") ? "plus " : "";
    return plus + groups.map((group) => this.#figures(group)).join(", ");
  }

  #figures(digits: string): string {
    return Array.from(digits, (digit) => this.#words(Number(digit))).join(" ");
  }
}

/** Names of weekdays and months of a language, by themselves. */
function namesOf(locale: string): [string, string][] {
  const name = (options: Intl.DateTimeFormatOptions, day: number) =>
    new Intl.DateTimeFormat(locale, { ...options, timeZone: "UTC" }).format(
      Date.UTC(2_000, 0, day),
    );
  const weekdays = Array.from({ length: 7 }, (_, index) => name({ weekday: "long" }, 3 + index));
  const months = Array.from({ length: 12 }, (_, index) => name({ month: "long" }, 3 + index * 31));
  const all = [...weekdays, ...months];
  return all.flatMap((word) => [
    [word, word],
    [word.charAt(0).toUpperCase() + word.slice(1), word.charAt(0).toUpperCase() + word.slice(1)],
  ]);
}
