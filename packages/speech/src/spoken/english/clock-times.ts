import { numberToWords } from "../number-to-words";
import { rewrite } from "../rewrite";

const half = String.raw`(?:\s?(?<half>[ap]\.m\b\.?|[ap]m\b|[AP]\.M\b\.?|[AP]M\b))`;
/** Matches an empty string; the group takes part where a sentence may end. */
const sentenceEnd = String.raw`(?:(?<end>(?=\s\p{Lu}|\s*$))|)`;
const clock = new RegExp(
  String.raw`(?<![\p{L}\p{N}:.,/])(?<hour>[01]?\d|2[0-4]):(?<minute>[0-5]\d)(?::(?<second>[0-5]\d)(?:[.,]\d{1,6})?)?${half}?(?![\p{L}\p{N}:]|[.,]\d)${sentenceEnd}`,
  "gu",
);
const hourOnly = new RegExp(
  String.raw`(?<![\p{L}\p{N}:.,/$])(?:(?<from>1[0-2]|[1-9])\s?[–—-]\s?)?(?<hour>1[0-2]|0?[1-9])${half}(?!\p{L})${sentenceEnd}`,
  "gu",
);
const span = /(?<=\d|[ap]\.?m\.?)\s?[–—-]\s?(?=\d{1,2}(?::\d{2}|\s?[ap]\.?m\b))/giu;
const offset =
  /\b(?<zone>UTC|GMT)\s?(?<sign>[+-])(?<hours>\d{1,2})(?::?(?<minutes>\d{2}))?(?!\d)/gu;

/** Times of day in words: "14:30" as "two thirty P M", "3pm" as "three P M". */
export function timeWords(text: string): string {
  let spoken = rewrite(text, offset, ({ zone = "", sign, hours, minutes = "00" }) => {
    const half = minutes === "30" ? " thirty" : "";
    return `${zone} ${sign === "+" ? "plus" : "minus"} ${words(Number(hours))}${half}`;
  });
  spoken = spoken.replace(span, " to ");
  spoken = rewrite(spoken, clock, (groups) => {
    const { second } = groups;
    const time = clockWords(Number(groups.hour), Number(groups.minute), groups.half);
    const count = Number(second);
    const seconds =
      second === undefined || count === 0
        ? ""
        : ` and ${words(count)} ${count === 1 ? "second" : "seconds"}`;
    return time + seconds + stop(groups.half, groups.end);
  });
  return rewrite(spoken, hourOnly, ({ from, hour, half: written = "", end }) => {
    const start = from === undefined ? "" : `${words(Number(from))} to `;
    return `${start}${words(Number(hour))} ${halfWords(written)}${stop(written, end)}`;
  });
}

function clockWords(hour: number, minute: number, written: string | undefined): string {
  const isAfternoon = hour >= 13 && hour < 24;
  const twelfths = hour % 12 === 0 ? 12 : hour % 12;
  if (written === undefined && minute === 0) {
    if (hour === 0 || hour === 24) return "midnight";
    if (!isAfternoon) return hour === 12 ? "noon" : `${words(hour)} o'clock`;
  }
  const minutes = minute === 0 ? "" : ` ${minute < 10 ? "oh " : ""}${words(minute)}`;
  const halfOfDay =
    written !== undefined ? halfWords(written) : isAfternoon ? "P M" : hour === 0 ? "A M" : "";
  return `${words(twelfths)}${minutes} ${halfOfDay}`.trim();
}

function halfWords(written: string): string {
  return /^a/iu.test(written) ? "A M" : "P M";
}

/** The full stop of "p.m." may also end the sentence. */
function stop(half: string | undefined, end: string | undefined): string {
  return half?.endsWith(".") === true && end !== undefined ? "." : "";
}

function words(value: number): string {
  return numberToWords(value, "en");
}
