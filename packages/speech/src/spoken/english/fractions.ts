import { numberToWords } from "../number-to-words";
import { rewrite } from "../rewrite";
import { amountToWords, ordinalToWords } from "./amounts";
import { unitName, unitPattern } from "./unit-names";

const signs: Readonly<Record<string, string>> = {
  "½": "1/2",
  "⅓": "1/3",
  "⅔": "2/3",
  "¼": "1/4",
  "¾": "3/4",
  "⅕": "1/5",
  "⅖": "2/5",
  "⅗": "3/5",
  "⅘": "4/5",
  "⅙": "1/6",
  "⅚": "5/6",
  "⅛": "1/8",
  "⅜": "3/8",
  "⅝": "5/8",
  "⅞": "7/8",
};
const sign = `[${Object.keys(signs).join("")}]`;
const attached = new RegExp(String.raw`(?<=\d)\s?${sign}|${sign}`, "gu");

const fraction = String.raw`(?:(?<whole>\d{1,4})[\s-])?(?<over>\d{1,2})\/(?<under>\d{1,3})`;
const mixed = new RegExp(String.raw`(?<![\p{L}\p{N}.,/])${fraction}(?![\p{L}\p{N}/])`, "gu");
const measured = new RegExp(
  String.raw`(?<![\p{L}\p{N}.,/])${fraction}(?:\s?[–-]\s?(?<toOver>\d{1,2})\/(?<toUnder>\d{1,3}))?(?<gap>[\s-]?)(?<unit>${unitPattern}|in|inch)(?![\p{L}\p{N}²³/^])(?:\.(?=\s\p{Ll}))?`,
  "gu",
);

/** Signs of fractions as figures: "1½" as "1 1/2". */
export function plainFractions(text: string): string {
  return text
    .replace(attached, (written) => ` ${signs[written.trim()] ?? written}`)
    .replace(/(?<=^|\s) (?=\d\/\d)/gu, "");
}

/** Fractions of a unit: "3/4 tsp" as "three quarters of a teaspoon", "1 1/4 lb". */
export function measuredFractions(text: string): string {
  return rewrite(text, measured, (groups) => {
    const { whole, over = "", under = "", toOver, toUnder, gap, unit = "" } = groups;
    const [top, bottom] = [Number(over), Number(under)];
    if (bottom < 2 || top === 0 || top >= bottom || bottom > 100) return null;
    const [one, many] = [1, 2].map((count) => nameOf(unit, count));
    const part = fractionWords(top, bottom);
    // "a 3/4-inch pipe"
    if (gap === "-") return `${part.replace(/s$/u, "")} ${one ?? unit}`;
    const article = /^(?:[aeio]|hour)/u.test(one ?? "") ? "an" : "a";
    const until =
      toOver === undefined ? "" : ` to ${fractionWords(Number(toOver), Number(toUnder))}`;
    if (whole !== undefined) return `${amountToWords(whole)} and ${part}${until} ${many ?? unit}`;
    if (bottom === 2 && until === "") return `half ${article} ${one ?? unit}`;
    return `${part}${until} of ${article} ${one ?? unit}`;
  });
}

/** Fractions without a unit, with the whole before them. */
export function plainFractionWords(text: string): string {
  return rewrite(text, mixed, ({ whole, over = "", under = "" }) => {
    const part = fractionWords(Number(over), Number(under));
    return whole === undefined ? part : `${amountToWords(whole)} and ${part}`;
  });
}

function nameOf(unit: string, count: number): string {
  if (unit === "in" || unit === "inch") return count === 1 ? "inch" : "inches";
  return unitName(unit, count);
}

function fractionWords(over: number, under: number): string {
  const [top, bottom] = [numberToWords(over, "en"), numberToWords(under, "en")];
  if (over === under) return `${top} ${bottom}`;
  if (over === 0 || under < 2 || over >= under) return `${top} over ${bottom}`;
  if (under === 2) return "one half";
  const part = under === 4 ? "quarter" : ordinalToWords(under);
  return under > 20 && under !== 100
    ? `${top} out of ${bottom}`
    : `${top} ${part}${over === 1 ? "" : "s"}`;
}
