import { toOrdinal } from "n2words/en-US";
import { largestNumber, numberToWords } from "../number-to-words";

/** English numbers that are not part of a word, a version or a longer number. */
export const amount = String.raw`(?:\d{1,3}(?:,\d{3}){1,5}(?:\.\d{1,15})?|\d{1,20}(?:\.\d{1,15})?|\.\d{1,15})`;
/** Precedes `amount` in a pattern. */
export const notInWord = String.raw`(?<![\p{L}\p{N}_]|[\p{N}][.,:])`;

/** @returns "1,234.5" as "one thousand two hundred thirty-four point five" */
export function amountToWords(written: string): string {
  const [whole = "", fraction] = written.replaceAll(",", "").split(".");
  const words = wholeToWords(whole === "" ? "0" : whole);
  return fraction === undefined ? words : `${words} point ${figures(fraction)}`;
}

/** @returns the number in words; figure by figure if it is long or begins with zero */
function wholeToWords(whole: string): string {
  const isNumber = Number(whole) <= largestNumber && (whole === "0" || !whole.startsWith("0"));
  return isNumber ? numberToWords(Number(whole), "en") : figures(whole);
}

/** @returns "407" as "four zero seven" */
export function figures(digits: string): string {
  return Array.from(digits.replace(/\D/gu, ""), (digit) => numberToWords(Number(digit), "en")).join(
    " ",
  );
}

export function ordinalToWords(value: number): string {
  return value === 0 ? "zeroth" : toOrdinal(value);
}

/** @returns 1999 as "nineteen ninety-nine", 2005 as "two thousand five" */
export function yearToWords(year: number): string {
  const [century, rest] = [Math.floor(year / 100), year % 100];
  if (year < 1_000 || (year >= 2_000 && year < 2_010)) return numberToWords(year, "en");
  const high = numberToWords(century, "en");
  if (rest === 0) return century % 10 === 0 ? numberToWords(year, "en") : `${high} hundred`;
  return `${high} ${rest < 10 ? "oh " : ""}${numberToWords(rest, "en")}`;
}

/** Four figures are spoken in pairs, also in "fifteen hundred people". */
export function plainAmountToWords(written: string): string {
  const isYear = /^(?:1[1-9]|20)\d\d$/u.test(written);
  return isYear ? yearToWords(Number(written)) : amountToWords(written);
}

/** @returns "nineties" for 90 and 1990, "two thousands" for 2000 */
export function decadeToWords(year: number): string {
  const words = year >= 100 ? yearToWords(year) : numberToWords(year, "en");
  return words.endsWith("y") ? `${words.slice(0, -1)}ies` : `${words}s`;
}
