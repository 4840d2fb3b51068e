import { matchesOf } from "../matches";
import { rewrite } from "../rewrite";
import { amount, amountToWords, figures, notInWord } from "./amounts";
import { numberToWords } from "../number-to-words";

const names: Readonly<Record<string, string>> = {
  K: "thousand",
  k: "thousand",
  M: "million",
  B: "billion",
  bn: "billion",
  T: "trillion",
};
const letters = "K|k|M|B|bn|T";

/** Words in -s that are no plurals, after which a letter would be a magnitude. */
const notPlural =
  "is|was|has|does|as|us|this|thus|its|his|hers|ours|yours|theirs|always|perhaps|unless|versus|towards|across|besides|sometimes|afterwards|plus|less|yes|goes|closes|opens|leads|leaves|departs|arrives|faces|boards|stops|starts|begins|ends|costs|means|seems|looks|comes|runs|sits|stays|takes|makes|needs|gets|gives|says|works|turns|moves|lies|stands|serves|connects|changes|passes|crosses|joins|links|belongs|applies|appears|contains|includes|covers|helps|lets|allows|uses|tells|shows|asks|adds|reads|sounds|feels|calls|waits|holds|keeps|fits|fills|buys|sells|pays|wins|loses|plays|hits|drops|rises|falls|grows|remains|becomes|happens|requires|operates|continues|explains|describes|pencils|says|hosts|houses|exits|gates|boss|class|glass|pass|access|process|press|success|business|address|stress";
const adjectives =
  "(?:active|new|monthly|daily|weekly|yearly|unique|registered|paying|more|other|different|open|real|total|concurrent|free|young|old|American|European|Chinese|small|large|independent|online|human|training|extra|additional)\\s";
/** A plural noun, or one without -s. */
const countable = `(?:${adjectives}){0,2}(?:(?!(?:${notPlural})\\b)\\p{Ll}{2,20}[^\\P{Ll}s]s|people|budget|deal|grant|loan|investment|funding|prize|salary|contract|settlement|donation|valuation|mortgage|men|women|children|feet|mice|fish|sheep|data|(?:a|per)\\s(?:year|month|week|day|hour|second))\\b`;
const counted = new RegExp(
  String.raw`${notInWord}(?<from>${amount})(?<first>${letters})?(?:\s?[–-]\s?(?<to>${amount})(?<last>${letters}))?(?<more>\+)?(?=(?:\s(?<noun>${countable}))?)`,
  "gu",
);
const quantity =
  /(?:\b(?:over|nearly|almost|roughly|approximately|approx\.?|than|exceeds?|reached|reaches|hit|totals?|~|≈)|~|≈)\s?$/iu;
/** Nouns that are numbered: "seat 12B", "gate 9M closes". */
const numbered =
  /\b(?:seat|gate|exit|flat|bus|room|apartment|apt\.?|unit|suite|platform|track|row|terminal|section|highway|route|line|train|flight|class|grade|building|block|floor|level|page|figure|table|number|no\.|appendix|bay|dock|door|house|box|locker|lot|stall|pier|stop|stage|studio|office|desk|zone|area|ward|bed|form|model|type|version|company|size|channel|slot|port|car|coach|carriage|berth|cabin|deck|question|problem|exercise|chapter|part|hall|lane|tram|ticket|group|team|phase|step|option)\s$/iu;

/**
 * Magnitudes in words where a number is an amount: after a decimal, before something that can be
 * counted, after words such as "over". Elsewhere a letter is a letter: "seat 12B", "a 5K run", "4K".
 */
export function magnitudeWords(text: string): string {
  let spoken = "";
  let from = 0;
  for (const match of matchesOf(text, counted)) {
    const { from: start = "", first, to, last, more, noun } = match.groups ?? {};
    const letter = last ?? first;
    const before = text.slice(Math.max(0, match.index - 24), match.index);
    const behind = text.charAt(match.index + match[0].length);
    if (letter === undefined || /[\p{L}\p{N}]/u.test(behind)) continue;
    if (to !== undefined && last === undefined) continue;
    const isDecimal = /\.\d/u.test(start) || /\.\d/u.test(to ?? "") || start.includes(",");
    const isCounted = noun !== undefined && !numbered.test(before);
    if (!isDecimal && !isCounted && !quantity.test(before)) continue;
    const unit = names[letter] ?? letter;
    const sameUnit = first === undefined || first === letter;
    const until =
      to === undefined
        ? ""
        : ` ${sameUnit ? "" : `${names[first] ?? first} `}to ${amountToWords(to)}`;
    const plus = more === undefined ? "" : " plus";
    spoken += `${text.slice(from, match.index)}${amountToWords(start)}${until} ${unit}${plus}`;
    from = match.index + match[0].length;
  }
  return spoken + text.slice(from);
}

const numberedLetter =
  /(?<![\p{L}\p{N}.,$€£#-])(?<hundreds>[1-9])(?<rest>\d{2})(?=\p{Lu}(?![\p{L}\p{N}]))/gu;

/** Three figures with a letter, as they are read out: "221B", "401K". */
export function numberedLetterWords(text: string): string {
  return rewrite(text, numberedLetter, ({ hundreds = "", rest = "" }) => {
    if (rest === "00") return null;
    const low = rest.startsWith("0")
      ? `oh ${figures(rest.slice(1))}`
      : numberToWords(Number(rest), "en");
    return `${figures(hundreds)} ${low} `;
  });
}
