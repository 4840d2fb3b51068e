import { currencyCode, currencyCodes, currencyName, currencySigns } from "../currencies";
import { rewrite } from "../rewrite";
import { signPattern, unitSigns, unitWords } from "../units";
import type { EuropeanLanguage } from "./european-language";
import { EverydayNumbers } from "./everyday-numbers";
import { amountPattern, EuropeanNumbers } from "./european-numbers";
import { SumSigns } from "./sum-signs";

const iso = /(?<![\p{L}\p{N}-])(?<year>[12]\d{3})-(?<month>\d{2})-(?<day>\d{2})(?![\p{L}\p{N}-])/gu;
const numeric =
  /(?<![\p{L}\p{N}./-])(?<before>(?:am|vom|zum|ab|seit|bis|der|dem|den)\s)?(?<day>\d{1,2})(?<mark>[./])(?<month>\d{1,2})\k<mark>(?<year>[12]\d{3})(?![\p{L}\p{N}/-]|\.\d)/giu;
const clock =
  /(?<![\p{L}\p{N}:.,])(?<hour>[01]?\d|2[0-3])(?::|\s?h\s?)(?<minute>[0-5]\d)(?:\s?(?:Uhr|h|heures?)\b)?(?![\p{L}\p{N}:])/gu;
/** Currencies whose gender the number must agree with: figures before them are kept. */
const feminineCurrencies = new Set(["GBP", "INR", "SEK", "NOK", "DKK", "CZK"]);
const hours =
  /(?<![\p{L}\p{N}:.,])(?<from>[01]?\d|2[0-4])(?:\sUhr)?\s?[–-]\s?(?<to>[01]?\d|2[0-4])\s?Uhr\b/gu;
const fullHour = /(?<![\p{L}\p{N}:.,])(?<hour>[01]?\d|2[0-3])\s?Uhr\b/gu;

/** Puts German, Spanish, French or Italian figures and signs in words, where that is unambiguous. */
export class EuropeanWords {
  readonly #speech: EuropeanLanguage;
  readonly #numbers: EuropeanNumbers;
  readonly #everyday: EverydayNumbers;
  readonly #sumSigns: SumSigns;
  readonly #months: readonly string[];
  readonly #abbreviations: RegExp;
  readonly #writtenDay: RegExp;
  readonly #money: RegExp;
  readonly #moneyFirst: RegExp;
  readonly #measure: RegExp;
  readonly #range: RegExp;
  readonly #number: RegExp;

  constructor(speech: EuropeanLanguage) {
    this.#speech = speech;
    this.#numbers = new EuropeanNumbers(speech);
    this.#everyday = new EverydayNumbers(speech, this.#numbers.words);
    this.#sumSigns = new SumSigns(speech.asksSum, speech.minus);
    const format = new Intl.DateTimeFormat(speech.locale, { month: "long", timeZone: "UTC" });
    this.#months = Array.from({ length: 12 }, (_, index) => format.format(Date.UTC(2_000, index)));
    const alone = String.raw`(?<![\p{L}\p{N}]|\p{N}[.,:/])`;
    const notFollowed = String.raw`(?![\p{L}\p{N}]|[.,:/]\d)`;
    const amount = amountPattern(speech.groupMark);
    const shortened = Object.keys(speech.abbreviations)
      .flatMap((word) => [word, word.charAt(0).toUpperCase() + word.slice(1)])
      .sort((one, other) => other.length - one.length);
    const words = shortened.map((word) => word.replaceAll(".", String.raw`\.`)).join("|");
    this.#abbreviations = new RegExp(
      String.raw`${alone}(?<word>${words})(?:(?<end>(?=\s*$))|(?<capital>(?=\s{1,3}\p{Lu}))|)(?![\p{L}\p{N}])`,
      "gu",
    );
    this.#writtenDay = new RegExp(
      String.raw`(?<![\p{L}\p{N}.])(?<before>(?:am|vom|zum|ab|seit|bis|der|dem|den)\s)?(?<day>\d{1,2})\.\s(?<month>${this.#months.join("|")})(?:\s(?<year>[12]\d{3}))?(?![\p{L}\p{N}])`,
      "giu",
    );
    const currency = `(?<sign>${currencySigns}|${currencyCodes})`;
    this.#money = new RegExp(String.raw`${alone}(?<value>${amount})\s?${currency}(?!\p{L})`, "gu");
    this.#moneyFirst = new RegExp(
      String.raw`(?<!\p{L})${currency}\s?(?<value>${amount})(?!\p{N})`,
      "gu",
    );
    this.#measure = new RegExp(
      String.raw`${alone}(?<minus>-)?(?<value>${amount})(?:\s?[–-]\s?(?<to>${amount}))?\s?(?<unit>${signPattern(unitSigns)})(?![\p{L}\p{N}²³/])`,
      "gu",
    );
    this.#range = new RegExp(
      String.raw`${alone}(?<from>${amount})\s?[–-]\s?(?<to>${amount})${notFollowed}(?!-)`,
      "gu",
    );
    this.#number = new RegExp(
      String.raw`(?<![\p{L}\p{N}_]|\p{N}[.,:/-])(?<minus>(?<![\p{L}\p{N}]\s?)-)?(?<value>${amount})(?<ordinal>\.(?=\s\p{L}))?(?<word>\s\p{L})?(?:(?<letter>(?=\p{Lu}(?!\p{L})))|)(?![\p{N}ºª°]|[.,:/-]\d)`,
      "gu",
    );
  }

  of(text: string): string {
    const { abbreviations, signs } = this.#speech;
    let spoken = rewrite(text, this.#abbreviations, ({ word = "", end, capital }) => {
      const isEnd = end !== undefined || (capital !== undefined && /^(?:etc|ecc|usw)/u.test(word));
      const words =
        abbreviations[word] ?? abbreviations[word.charAt(0).toLowerCase() + word.slice(1)];
      return `${words ?? word}${isEnd && word.endsWith(".") ? "." : ""}`;
    });
    spoken = this.#dates(spoken);
    spoken = this.#everyday.of(spoken);
    spoken = this.#sumSigns.of(spoken);
    spoken = this.#times(spoken);
    spoken = this.#sums(spoken);
    spoken = this.#measures(spoken);
    for (const [sign, words] of signs) spoken = spoken.replace(sign, words);
    return this.#plainNumbers(spoken);
  }

  #dates(text: string): string {
    const { date, day: dayWords, year: yearWords } = this.#speech;
    const { words } = this.#numbers;
    const say = (groups: Readonly<Record<string, string | undefined>>) => {
      const { before = "", day, month = "", year } = groups;
      const name = this.#months[Number(month) - 1] ?? this.#monthOf(month);
      if (name === undefined || Number(day) < 1 || Number(day) > 31) return null;
      const spokenYear = year === undefined ? null : yearWords(Number(year), words);
      return before + date(dayWords(Number(day), words, before.trim()), name, spokenYear);
    };
    const spoken = rewrite(rewrite(text, iso, say), numeric, say);
    return this.#speech.language === "de" ? rewrite(spoken, this.#writtenDay, say) : spoken;
  }

  #monthOf(name: string): string | undefined {
    return this.#months.find((month) => month.toLowerCase() === name.toLowerCase());
  }

  #times(text: string): string {
    const { words } = this.#numbers;
    const spoken = rewrite(text, clock, ({ hour, minute }) =>
      this.#speech.time(Number(hour), Number(minute), words),
    );
    if (this.#speech.language !== "de") return spoken;
    const ranged = rewrite(
      spoken,
      hours,
      ({ from, to }) => `${words(Number(from))} bis ${this.#speech.time(Number(to), 0, words)}`,
    );
    return rewrite(ranged, fullHour, ({ hour }) => this.#speech.time(Number(hour), 0, words));
  }

  #sums(text: string): string {
    let spoken = text;
    for (const pattern of [this.#money, this.#moneyFirst]) {
      spoken = rewrite(spoken, pattern, ({ value = "", sign = "" }) => {
        const code = currencyCode(sign);
        if (code === null) return null;
        const whole = Math.trunc(this.#numbers.valueOf(value));
        const name = currencyName(sign, whole, this.#speech.locale);
        const isKept = feminineCurrencies.has(code) && this.#speech.agrees(whole);
        return isKept ? `${value} ${name}` : this.#numbers.money(value, name);
      });
    }
    return spoken;
  }

  #measures(text: string): string {
    const { locale, minus, to: until } = this.#speech;
    return rewrite(text, this.#measure, ({ minus: sign, value = "", to, unit = "" }) => {
      const count = this.#numbers.valueOf(to ?? value);
      const name = unitWords(unit, count, locale);
      if (name === null) return null;
      // Figures that must agree with the unit's gender are kept.
      const isKept = this.#speech.agrees(count) && unit !== "%" && to === undefined;
      const first = isKept ? value : this.#numbers.amount(value);
      const rest = to === undefined ? "" : ` ${until} ${this.#numbers.amount(to)}`;
      return `${sign === undefined ? "" : `${minus} `}${first}${rest} ${name}`;
    });
  }

  #plainNumbers(text: string): string {
    const { agrees, minus: minusWord, to: until, year } = this.#speech;
    const spoken = rewrite(
      text,
      this.#range,
      ({ from = "", to = "" }) =>
        `${this.#numbers.amount(from)} ${until} ${this.#numbers.amount(to)}`,
    );
    return rewrite(spoken, this.#number, ({ minus, value = "", ordinal, word = "", letter }) => {
      const count = this.#numbers.valueOf(value);
      if (ordinal !== undefined || (word !== "" && agrees(count))) return null;
      const isYear = /^[12]\d{3}$/u.test(value);
      const words = isYear ? year(count, this.#numbers.words) : this.#numbers.amount(value);
      const gap = letter === undefined ? "" : " ";
      return `${minus === undefined ? "" : `${minusWord} `}${words}${gap}${word}`;
    });
  }
}
