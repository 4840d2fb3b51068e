import { currencyCode, currencyCodes, currencyName, currencySigns } from "../currencies";
import { rewrite } from "../rewrite";
import { amount, amountToWords } from "./amounts";

type Parts = readonly [one: string, many: string];

const cent: Parts = ["cent", "cents"];
/** Names of hundredths; other currencies are spoken with decimals. */
const parts: Readonly<Record<string, Parts>> = {
  USD: cent,
  CAD: cent,
  AUD: cent,
  NZD: cent,
  HKD: cent,
  SGD: cent,
  ZAR: cent,
  EUR: cent,
  GBP: ["penny", "pence"],
  INR: ["paisa", "paise"],
  CHF: ["centime", "centimes"],
  RUB: ["kopeck", "kopecks"],
};
const scales: Readonly<Record<string, string>> = {
  k: "thousand",
  m: "million",
  mn: "million",
  mm: "million",
  b: "billion",
  bn: "billion",
  t: "trillion",
  tn: "trillion",
};

const sign = String.raw`(?:${currencySigns}|\b(?:${currencyCodes})(?=\s?\d))`;
const trailing = String.raw`(?:(?:${currencySigns})(?![\p{L}\d])|\b(?:${currencyCodes})\b)`;
const scale = String.raw`(?:\s(?<word>thousand|million|billion|trillion)\b|(?<letter>[kKmMbBtT]|[mM][mMnN]|[bBtT]n)\b)?`;
const value = (name: string) => `(?<${name}>${amount})`;
const range = String.raw`(?:\s?[–—-]\s?${sign}?\s?${value("to")})?`;
const per = String.raw`(?:\s?\/\s?(?<per>[a-z]{1,12})\b)?`;

const before = new RegExp(
  String.raw`(?<![\p{L}\p{N}])(?:(?<=(?<article>\b[Aa]n?)\s)|)(?<minus>-)?(?<sign>${sign})\s?(?<inner>-)?${value("from")}${range}${scale}${per}`,
  "gu",
);
const after = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,])(?<minus>-)?${value("from")}${range}${scale}\s?(?<sign>${trailing})${per}`,
  "gu",
);
const cents = new RegExp(String.raw`(?<![\p{L}\p{N}.,])(?<from>${amount})\s?¢`, "gu");

const periods: Readonly<Record<string, string>> = {
  mo: "month",
  yr: "year",
  y: "year",
  m: "month",
  hr: "hour",
  h: "hour",
  wk: "week",
  kwh: "kilowatt hour",
  gb: "gigabyte",
  kg: "kilogram",
};

/** Sums of money in words: "$3.50", "€5–10", "12 USD", "$1.2M", "$9.99/mo". */
export function moneyWords(text: string): string {
  // "3,50 €" is a decimal: no English group has two figures.
  let spoken = text.replace(/(?<=(?<![.,\d])\d{1,9}),(?=\d{2}\s?€)/gu, ".");
  for (const pattern of [before, after]) {
    spoken = rewrite(spoken, pattern, (groups) => {
      const money = currencyCode(groups.sign ?? "");
      if (money === null) return null;
      const isNegative = groups.minus !== undefined || groups.inner !== undefined;
      const period = groups.per;
      const rate = period === undefined ? "" : ` per ${periods[period] ?? period}`;
      return `${isNegative ? "minus " : ""}${sum(groups, money)}${rate}`;
    });
  }
  return rewrite(spoken, cents, ({ from = "" }) =>
    from === "1" ? "one cent" : `${amountToWords(from)} cents`,
  );
}

function sum(groups: Readonly<Record<string, string | undefined>>, code: string): string {
  const { from = "", to, word, letter, sign: written = "" } = groups;
  const [one = "", many = ""] = [1, 2].map((count) => currencyName(written, count, "en-US"));
  // "a two million dollar fund"
  const name = groups.article === undefined ? many : one;
  const large = word ?? scales[letter?.toLowerCase() ?? ""];
  if (to !== undefined) {
    return [amountToWords(from), "to", amountToWords(to), large, name]
      .filter((part) => part !== undefined)
      .join(" ");
  }
  if (large !== undefined) return `${amountToWords(from)} ${large} ${name}`;
  const [whole = "0", fraction] = from.replaceAll(",", "").split(".");
  const names = parts[code];
  if (fraction === undefined || names === undefined || fraction.length > 2) {
    return `${amountToWords(from)} ${from === "1" ? one : name}`;
  }
  const hundredths = Number(fraction.padEnd(2, "0"));
  const wholes = `${amountToWords(whole)} ${whole === "1" ? one : name}`;
  if (hundredths === 0) return wholes;
  const small = `${amountToWords(String(hundredths))} ${names[hundredths === 1 ? 0 : 1]}`;
  return Number(whole) === 0 ? small : `${wholes} and ${small}`;
}
