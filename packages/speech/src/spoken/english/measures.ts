import { rewrite } from "../rewrite";
import { amount, amountToWords, notInWord } from "./amounts";
import { unitName, unitPattern } from "./unit-names";

const joined = String.raw`(?:\s?(?<join>[–—-]|x|×|to|by)\s?(?<to>${amount}))?`;
const measure = new RegExp(
  String.raw`${notInWord}(?:(?<=(?<article>\b[Aa]n?)\s)|)(?<minus>(?<![\p{L}\p{N}]|\p{N}\s)-)?(?<from>${amount})${joined}(?<gap>[\s-]?)(?<unit>${unitPattern})(?![\p{L}\p{N}²³/^]|-(?=\d))(?<stop>\.(?=\s[\p{Ll}\d]))?`,
  "gu",
);
const feetAndInches =
  /(?<![\p{L}\p{N}.'])(?<feet>\d{1,2})(?:'\s?|\s?ft\.?\s)(?<inches>\d{1,2})(?:"|''|\s?in(?:ches)?\b)/gu;
const inches = new RegExp(
  String.raw`${notInWord}(?<from>${amount})[\s-]?(?:in|″)(?=$|[,;)]|\.(?:\s|$)|\s(?:wide|long|tall|high|deep|thick|x|by)\b)`,
  "gu",
);
/** "5' tall" */
const feet =
  /(?<![\p{L}\p{N}.'])(?<feet>\d{1,3}(?:\.\d{1,2})?)'(?=\s(?:tall|high|long|wide|deep|thick|away|by|x)\b)/gu;
const times = new RegExp(
  String.raw`${notInWord}(?<from>${amount})(?:\s?[–-]\s?(?<to>${amount}))?[x×](?![\p{L}\p{N}])`,
  "gu",
);
/** Sizes: "a 10×12 room"; a product has spaces or an equals sign. */
const size = /(?<=(?<![\p{L}\p{N}.,])\d{1,5})[x×](?=\d{1,5}(?![\p{L}\p{N}]|[.,]\d|\s?[=≈]))/gu;

/** Numbers with a unit in words: "5 km/h", "-3°C", "10–20 kg", "50%", "6'2\"". */
export function measureWords(text: string): string {
  let spoken = rewrite(text, feetAndInches, ({ feet = "", inches: rest = "" }) => {
    const foot = feet === "1" ? "foot" : "feet";
    const inch = rest === "1" ? "inch" : "inches";
    return `${amountToWords(feet)} ${foot} ${amountToWords(rest)} ${inch}`;
  });
  spoken = rewrite(spoken, feet, ({ feet: count = "" }) =>
    count === "1" ? "one foot" : `${amountToWords(count)} feet`,
  );
  spoken = spoken.replace(size, " by ");
  spoken = rewrite(spoken, measure, (groups) => {
    const { from = "", to, gap = "", unit = "", join = "", minus } = groups;
    // "a 16 GB card", "a 5-km run"
    const isAdjective = gap === "-" || groups.article !== undefined;
    const count = isAdjective ? 1 : Number((to ?? from).replaceAll(",", ""));
    const name = unitName(unit, minus === undefined ? count : -count);
    const sign = minus === undefined ? "" : "minus ";
    const until = to === undefined ? "" : ` ${joinWord(join)} ${amountToWords(to)}`;
    return `${sign}${amountToWords(from)}${until}${gap === "-" ? "-" : " "}${name}`;
  });
  spoken = rewrite(spoken, inches, ({ from = "" }) =>
    from === "1" ? "one inch" : `${amountToWords(from)} inches`,
  );
  return rewrite(spoken, times, ({ from = "", to }) => {
    const until = to === undefined ? "" : ` to ${amountToWords(to)}`;
    return `${amountToWords(from)}${until} times`;
  });
}

function joinWord(join: string): string {
  return join === "x" || join === "×" || join === "by" ? "by" : "to";
}
