import { largestNumber, numberToWords } from "../number-to-words";
import type { EuropeanLanguage } from "./european-language";

/** @returns a pattern for 1.234,5 and 1234,5 */
export function amountPattern(groupMark: "." | " "): string {
  return String.raw`(?:\d{1,3}(?:[${groupMark}]\d{3}){1,5}(?:,\d{1,15})?|\d{1,20}(?:,\d{1,15})?)`;
}

/** Puts the numbers of one language in words. */
export class EuropeanNumbers {
  readonly #speech: EuropeanLanguage;

  constructor(speech: EuropeanLanguage) {
    this.#speech = speech;
  }

  readonly words = (value: number): string => numberToWords(value, this.#speech.language);

  /** @returns a whole number in words */
  valueOf(written: string): number {
    return Number(written.replace(/[. ]/gu, "").replace(",", "."));
  }

  /** @returns 1.234,5 in words */
  amount(written: string): string {
    const [whole = "", fraction] = written.replace(/[. ]/gu, "").split(",");
    const isFigures = (whole.startsWith("0") && whole !== "0") || Number(whole) > largestNumber;
    const words = isFigures ? this.#figures(whole) : this.words(Number(whole));
    return fraction === undefined
      ? words
      : `${words} ${this.#speech.point} ${this.#fraction(fraction)}`;
  }

  /** @returns a sum of euros and cents in words */
  money(written: string, currency: string): string {
    const [whole = "", fraction] = written.replace(/[. ]/gu, "").split(",");
    if (fraction !== undefined && fraction.length > 2) return `${this.amount(written)} ${currency}`;
    const count = whole === "1" ? this.#speech.oneOfMasculine : this.#masculine(Number(whole));
    const euros = `${count} ${currency}`;
    const cents = Number((fraction ?? "").padEnd(2, "0"));
    return cents === 0 ? euros : euros + this.#speech.centsJoin + this.words(cents);
  }

  #masculine(value: number): string {
    const words = value > largestNumber ? String(value) : this.words(value);
    if (this.#speech.language === "es") {
      return words.replace(/veintiuno$/u, "veintiún").replace(/uno$/u, "un");
    }
    return words;
  }

  #fraction(fraction: string): string {
    const isRead =
      fraction.length <= 2 && !fraction.startsWith("0") && this.#speech.language !== "de";
    return isRead ? this.words(Number(fraction)) : this.#figures(fraction);
  }

  #figures(digits: string): string {
    return Array.from(digits, (digit) => this.words(Number(digit))).join(" ");
  }
}
