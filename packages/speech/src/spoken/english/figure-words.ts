import { rewrite } from "../rewrite";
import {
  amount,
  amountToWords,
  decadeToWords,
  figures,
  notInWord,
  ordinalToWords,
  plainAmountToWords,
  yearToWords,
} from "./amounts";
import { plainFractions, plainFractionWords } from "./fractions";

const address = /(?<![\p{L}\p{N}.])\d{1,3}(?:\.\d{1,3}){3}(?::\d{1,5})?(?![\p{L}\p{N}]|\.\d)/gu;
const version =
  /(?<![\p{L}\p{N}.])(?:v(?=\d))?(?<numbers>\d{1,5}(?:\.\d{1,5}){2,4}|(?<=v)\d{1,5}(?:\.\d{1,5})?)(?:-(?<label>[a-z]{2,10})(?:\.(?<build>\d{1,4}))?)?(?![\p{L}\p{N}]|\.\d)/gu;
const ordinal = /(?<![\p{L}\p{N}.])(?<value>\d{1,3}(?:,\d{3}){1,4}|\d{1,12})(?:st|nd|rd|th)\b/giu;
const decade =
  /(?<![\p{L}\p{N}.])(?:(?<year>1[1-9]\d0|20\d0)|'(?<short>[2-9]0)|(?<=\b(?:the|early|late|mid|in|your|his|her|their|my)[\s-])(?<bare>[2-9]0))'?s\b/giu;
const step =
  /(?<=\b(?:Step|Page|Part|Slide|Chapter|Question)\s)(\d{1,4})\/(\d{1,4})(?![\p{N}/])/giu;
const range = new RegExp(
  String.raw`${notInWord}(?<from>${amount})(?:\s?[–—-]\s?|\s?\.\.\s?)(?<to>${amount})(?![\p{L}\p{N}]|-\d)`,
  "gu",
);
const ratio = new RegExp(
  String.raw`${notInWord}(?<from>\d{1,4}):(?<to>\d{1,4})(?![\p{L}\p{N}:])`,
  "gu",
);
const number = new RegExp(
  String.raw`(?<![\p{L}\p{N}_]|\p{N}\.)(?<minus>(?<![\p{L}\p{N})\]]|\p{N}\s)-(?=[\d.]))?(?<value>${amount})(?:[eE](?<exponent>[+-]?\d{1,3})|(?<letter>(?=\p{L}))|)(?!\p{N})`,
  "gu",
);

const scientific = new RegExp(
  String.raw`${notInWord}(?<value>${amount})[eE](?<exponent>[+-]\d{1,3})(?![\p{L}\p{N}]|\.\d)`,
  "gu",
);

/** Scientific notation: "3.2e-5", whose hyphen is a minus sign. */
export function scientificWords(text: string): string {
  return rewrite(
    text,
    scientific,
    ({ value = "", exponent = "" }) => amountToWords(value) + powerWords(exponent),
  );
}

function powerWords(exponent: string): string {
  const power = amountToWords(exponent.replace(/[+-]/u, ""));
  return ` times ten to the power of ${exponent.startsWith("-") ? "minus " : ""}${power}`;
}

/** Decades: "the 1990s", "the '80s", whose s is no second. */
export function decadeWords(text: string): string {
  return rewrite(text, decade, ({ year, short, bare }) =>
    decadeToWords(Number(year ?? short ?? bare)),
  );
}

/** Numbers without a unit: versions, ordinals, decades, fractions, ranges, amounts. */
export function figureWords(text: string): string {
  let spoken = plainFractions(text).replace(/\b(?:24[/-]7|9\/11)\b/gu, (pair) =>
    pair.replace(/[/-]/u, " "),
  );
  spoken = spoken.replace(step, "$1 of $2");
  spoken = rewrite(spoken, address, (_, whole) => dotted(whole.replace(":", " port "), "dot"));
  spoken = rewrite(spoken, version, ({ numbers = "", label, build }, whole) => {
    const suffix = [label, build === undefined ? undefined : amountToWords(build)];
    const prefix = whole.startsWith("v") ? "version " : "";
    return (
      prefix + [dotted(numbers, "point"), ...suffix].filter((part) => part !== undefined).join(" ")
    );
  });
  spoken = rewrite(spoken, ordinal, ({ value = "" }) =>
    ordinalToWords(Number(value.replaceAll(",", ""))),
  );
  spoken = plainFractionWords(spoken);
  spoken = rewrite(spoken, range, ({ from = "", to = "" }) => {
    return `${plainAmountToWords(from)} to ${endOfRange(from, to)}`;
  });
  spoken = rewrite(
    spoken,
    ratio,
    ({ from = "", to = "" }) => `${amountToWords(from)} to ${amountToWords(to)}`,
  );
  return rewrite(spoken, number, ({ minus, value = "", exponent, letter }) => {
    const words = `${minus === undefined ? "" : "minus "}${plainAmountToWords(value)}`;
    if (exponent === undefined) return letter === undefined ? words : `${words} `;
    return words + powerWords(exponent);
  });
}

function dotted(numbers: string, dot: string): string {
  return numbers.replace(/\d{1,5}/gu, (part) => amountToWords(part)).replaceAll(".", ` ${dot} `);
}

/** Ranges of years: 1914–18. */
function endOfRange(from: string, to: string): string {
  const isShortYear = /^(?:1[1-9]|20)\d\d$/u.test(from) && /^\d\d$/u.test(to);
  if (isShortYear) return to.startsWith("0") ? `oh ${figures(to.slice(1))}` : amountToWords(to);
  return /^(?:1[1-9]|20)\d\d$/u.test(to) ? yearToWords(Number(to)) : amountToWords(to);
}
