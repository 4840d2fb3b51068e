import { rewrite } from "../rewrite";

const names = (options: Intl.DateTimeFormatOptions, count: number, stepDays: number) =>
  Array.from({ length: count }, (_, index) =>
    new Intl.DateTimeFormat("en", { ...options, timeZone: "UTC" }).format(
      Date.UTC(2_000, 0, 3 + index * stepDays),
    ),
  );
const weekdays = names({ weekday: "long" }, 7, 1);
const months = names({ month: "long" }, 12, 31);
const weekday = "(?:Mon|Tues?|Wed(?:nes)?|Thu(?:rs?)?|Fri|Sat(?:ur)?|Sun)(?:day)?s?";
const month =
  "(?:January|February|March|April|May|June|July|August|September|October|November|December|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)";
const season = "(?:[Ss]pring|[Ss]ummer|[Aa]utumn|[Ff]all|[Ww]inter)";
const timeOfDay =
  "(?:noon|midnight|midday|dawn|dusk|sunrise|sunset|morning|afternoon|evening|night)";
const size = "(?:XXS|XS|S|M|L|XL|XXL|XXXL)";
const ordinal = "(?:[Ff]irst|[Ss]econd|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth)";
const letter = "[A-Z]";
const seat = "\\d{1,3}[A-Z]";
const dash = String.raw`\.?\s?[–—-]\s?`;

/** Both ends are of a kind: other words with a dash between them are a pause, or a name. */
const ranges = [weekday, month, season, timeOfDay, size, ordinal, letter, seat].map(
  (word) =>
    new RegExp(
      `(?<![\\p{L}\\p{N}'-])(?<from>${word})${dash}(?<to>${word})(?:\\.(?=\\s\\p{Ll}|\\s\\d|,))?(?![\\p{L}\\p{N}'-])`,
      "gu",
    ),
);
/** A hyphen between two letters makes a name of them: "the A-B test". */
const hyphenated = /^[A-Z]\s?-/u;

const afterPreposition = new RegExp(
  `(?<=\\b(?:[Oo]n|[Ee]very|[Ee]ach|[Uu]ntil|[Tt]ill|[Bb]y|[Nn]ext|[Ll]ast|[Tt]his|[Ff]rom|[Tt]hrough)\\s)(?<from>Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:\\.(?!\\s*$|\\s\\p{Lu})|(?=\\.)|)(?![\\p{L}\\p{N}'-])`,
  "gu",
);
const afterWeekday = new RegExp(
  `(?<=\\b(?:${weekdays.join("|")})(?:,|,?\\s(?:and|or|&|to|through))\\s)(?<from>Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)(?:\\.(?!\\s*$|\\s\\p{Lu})|(?=\\.)|)(?![\\p{L}\\p{N}'-])`,
  "gu",
);
/** Opening hours: "Sat. closed". */
const beforeHours = new RegExp(
  `(?<![\\p{L}\\p{N}'-])(?<from>Mon|Tues?|Wed|Thu(?:rs?)?|Fri|Sat|Sun)\\.?:?\\s(?=(?:closed|open|from)\\b)`,
  "gu",
);

/** Ranges of words: "Monday–Friday", "Jan–Mar", "A–Z"; and weekdays in full where they are days. */
export function wordRangeWords(text: string): string {
  let spoken = text;
  for (const pattern of ranges) {
    spoken = rewrite(spoken, pattern, ({ from = "", to = "" }, whole) =>
      hyphenated.test(whole) || areMagnitudes(from, to) ? null : `${inFull(from)} to ${inFull(to)}`,
    );
  }
  spoken = rewrite(spoken, beforeHours, ({ from = "" }) => `${inFull(from)} `);
  for (const pattern of [afterPreposition, afterWeekday, afterWeekday]) {
    spoken = rewrite(spoken, pattern, ({ from = "" }) => inFull(from));
  }
  return spoken;
}

/** "100K–200K" are amounts, "12A–14C" are seats. */
function areMagnitudes(from: string, to: string): boolean {
  return /^\d{1,3}[KMBT]$/u.test(from) && from.slice(-1) === to.slice(-1);
}

function inFull(word: string): string {
  if (word.length < 3 || /^\d/u.test(word) || /^X|days$/u.test(word)) return word;
  const full = [...weekdays, ...months].find((name) => name.startsWith(word.slice(0, 3)));
  return full?.startsWith(word.slice(0, 4)) === true ? full : word;
}
