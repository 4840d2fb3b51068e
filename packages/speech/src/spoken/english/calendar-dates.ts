import { rewrite } from "../rewrite";
import { ordinalToWords, yearToWords } from "./amounts";

const months = Array.from({ length: 12 }, (_, index) =>
  new Intl.DateTimeFormat("en", { month: "long", timeZone: "UTC" }).format(Date.UTC(2_000, index)),
);
const weekdays = Array.from({ length: 7 }, (_, index) =>
  new Intl.DateTimeFormat("en", { weekday: "long", timeZone: "UTC" }).format(
    Date.UTC(2_000, 0, 2 + index),
  ),
);
const month = String.raw`(?<month>${months.join("|")}|(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b)(?:\.(?!\s*$))?`;
const day = String.raw`(?<day>\d{1,2})(?:st|nd|rd|th)?`;
const through = String.raw`(?:\s?[–—-]\s?(?<last>\d{1,2})(?:st|nd|rd|th)?)?`;
const year = String.raw`\b(?:,?\s(?<year>[12]\d{3}))?(?![\p{L}\p{N}:%-]|[.,/]\d)`;

const monthFirst = new RegExp(String.raw`\b${month}\s${day}${through}${year}`, "gu");
const dayFirst = new RegExp(
  String.raw`(?<![\p{N}.,:/$€£-])(?:(?<=\b(?<article>[Tt]he)\s)|)${day}${through}\s(?:of\s)?${month}${year}`,
  "gu",
);
const international =
  /(?<![\p{L}\p{N}-])(?<year>[12]\d{3})[-/](?<month>\d{1,2})[-/](?<day>\d{1,2})(?:[T ](?<time>\d{2}:\d{2}(?::\d{2})?)(?:\.\d{1,9})?(?<zone>Z|[+-]\d{2}:?\d{2})?)?(?![\p{L}\p{N}-])/gu;
const slashed =
  /(?<![\p{L}\p{N}/.-])(?<first>\d{1,2})(?<mark>[/.-])(?<second>\d{1,2})\k<mark>(?<year>\d{4}|\d{2})(?![\p{L}\p{N}/-]|\.\d)/gu;
const weekday =
  /\b(?<name>Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\b\.?(?=,?\s(?:\d|Jan|Feb|Mar|Apr|May|Jun|Jul|Aug|Sep|Oct|Nov|Dec))/gu;

/**
 * Dates in words: 2026-03-14, 3/14/2026, 14.03.2026, "Mar 14", "14 March 2026". Impossible
 * dates are left as they are.
 *
 * @param isDayFirst order of ambiguous dates such as 3/4/2026
 */
export function dateWords(text: string, isDayFirst: boolean): string {
  let spoken = rewrite(text, weekday, ({ name = "" }) => startingWith(weekdays, name));
  spoken = rewrite(spoken, international, (groups) => {
    const date = dated(Number(groups.month), Number(groups.day), groups.year);
    if (date === null || groups.time === undefined) return date;
    return `${date} at ${groups.time}${zoneWords(groups.zone)}`;
  });
  spoken = rewrite(spoken, slashed, ({ first, second, mark, year: written = "" }) => {
    if (mark === "." && written.length !== 4) return null;
    const isTurned = isDayFirst || mark === "." || Number(first) > 12;
    const [monthNumber, dayNumber] = isTurned ? [second, first] : [first, second];
    const full = written.length === 4 ? written : `${Number(written) < 70 ? 20 : 19}${written}`;
    return dated(Number(monthNumber), Number(dayNumber), full);
  });
  const inWords = (groups: Readonly<Record<string, string | undefined>>) => {
    const { month: name = "", last, year: written } = groups;
    const monthNumber = months.indexOf(startingWith(months, name) ?? "") + 1;
    const date = dated(monthNumber, Number(groups.day), undefined);
    if (date === null) return null;
    if (groups.article !== undefined) return theDay(groups, monthNumber);
    const until = last === undefined ? "" : ` to ${ordinalToWords(Number(last))}`;
    return `${date}${until}${written === undefined ? "" : `, ${yearToWords(Number(written))}`}`;
  };
  spoken = rewrite(spoken, monthFirst, inWords);
  return rewrite(spoken, dayFirst, inWords);
}

function dated(monthNumber: number, dayNumber: number, year: string | undefined): string | null {
  const name = months[monthNumber - 1];
  if (name === undefined || dayNumber < 1 || dayNumber > 31) return null;
  const date = `${name} ${ordinalToWords(dayNumber)}`;
  return year === undefined ? date : `${date}, ${yearToWords(Number(year))}`;
}

/** Dates after an article: "fourth of July". */
function theDay(groups: Readonly<Record<string, string | undefined>>, monthNumber: number): string {
  const { day: number, last, year: written } = groups;
  const until = last === undefined ? "" : ` to ${ordinalToWords(Number(last))}`;
  const date = `${ordinalToWords(Number(number))}${until} of ${months[monthNumber - 1] ?? ""}`;
  return written === undefined ? date : `${date}, ${yearToWords(Number(written))}`;
}

function zoneWords(zone: string | undefined): string {
  if (zone === undefined) return "";
  return /^(?:Z|[+-]00:?00)$/u.test(zone) ? " UTC" : ` UTC${zone}`;
}

function startingWith(names: readonly string[], start: string): string | null {
  return names.find((name) => name.startsWith(start.slice(0, 3))) ?? null;
}
