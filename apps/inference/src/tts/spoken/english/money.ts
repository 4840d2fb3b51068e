import { rewrite } from "../rewrite";
import { amount, amountToWords } from "./amounts";

type Currency = { one: string; many: string; part: readonly [one: string, many: string] | null };

const cent = ["cent", "cents"] as const;
const penny = ["penny", "pence"] as const;

function currency(one: string, many: string, part: Currency["part"]): Currency {
  return { one, many, part };
}

const dollar = currency("dollar", "dollars", cent);
const euro = currency("euro", "euros", cent);
const pound = currency("pound", "pounds", penny);
const yen = currency("yen", "yen", null);
const currencies: Readonly<Record<string, Currency>> = {
  $: dollar,
  "€": euro,
  "£": pound,
  "¥": yen,
  "₹": currency("rupee", "rupees", ["paisa", "paise"]),
  "₩": currency("won", "won", null),
  "₿": currency("bitcoin", "bitcoin", null),
  "₽": currency("ruble", "rubles", ["kopeck", "kopecks"]),
  US$: currency("US dollar", "US dollars", cent),
  USD: currency("US dollar", "US dollars", cent),
  CA$: currency("Canadian dollar", "Canadian dollars", cent),
  C$: currency("Canadian dollar", "Canadian dollars", cent),
  CAD: currency("Canadian dollar", "Canadian dollars", cent),
  A$: currency("Australian dollar", "Australian dollars", cent),
  AUD: currency("Australian dollar", "Australian dollars", cent),
  EUR: euro,
  GBP: currency("British pound", "British pounds", penny),
  JPY: currency("Japanese yen", "Japanese yen", null),
  CNY: currency("Chinese yuan", "Chinese yuan", null),
  INR: currency("Indian rupee", "Indian rupees", ["paisa", "paise"]),
  CHF: currency("Swiss franc", "Swiss francs", ["centime", "centimes"]),
  BTC: currency("bitcoin", "bitcoin", null),
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

const sign = String.raw`(?:US\$|CA\$|[AC]\$|[$€£¥₹₩₿₽]|\b(?:USD|EUR|GBP|JPY|CNY|INR|CHF|CAD|AUD|BTC)(?=\s?\d))`;
const trailing = String.raw`(?:[€£¥₹₩₿₽$](?![\d])|\b(?:USD|EUR|GBP|JPY|CNY|INR|CHF|CAD|AUD|BTC)\b)`;
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
      const money = currencies[groups.sign ?? ""];
      if (money === undefined) return null;
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

function sum(groups: Readonly<Record<string, string | undefined>>, money: Currency): string {
  const { from = "", to, word, letter } = groups;
  // "a two million dollar fund"
  const many = groups.article === undefined ? money.many : money.one;
  const large = word ?? scales[letter?.toLowerCase() ?? ""];
  if (to !== undefined) {
    return [amountToWords(from), "to", amountToWords(to), large, many]
      .filter((part) => part !== undefined)
      .join(" ");
  }
  if (large !== undefined) return `${amountToWords(from)} ${large} ${many}`;
  const [whole = "0", fraction] = from.replaceAll(",", "").split(".");
  if (fraction === undefined || money.part === null || fraction.length > 2) {
    return `${amountToWords(from)} ${from === "1" ? money.one : many}`;
  }
  const parts = Number(fraction.padEnd(2, "0"));
  const wholes = `${amountToWords(whole)} ${whole === "1" ? money.one : many}`;
  if (parts === 0) return wholes;
  const small = `${amountToWords(String(parts))} ${money.part[parts === 1 ? 0 : 1]}`;
  return Number(whole) === 0 ? small : `${wholes} and ${small}`;
}
