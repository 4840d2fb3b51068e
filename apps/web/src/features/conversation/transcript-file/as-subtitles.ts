import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { oneLine } from "@parley/shared/transcript/quoted";
import type { TranscriptDocument } from "./transcript-document";

/** The end of an entry is not kept: people read about this many characters a second. */
const charactersPerSecond = 15;
const leastSeconds = 1;
const mostSeconds = 10;

type Cue = { fromMs: number; toMs: number; entry: TranscriptEntry };

/** SubRip. Times run from the first entry. */
export function asSubRip({ entries }: TranscriptDocument): string {
  return cues(entries)
    .map(({ fromMs, toMs, entry }, index) => {
      const times = `${cueTime(fromMs, ",")} --> ${cueTime(toMs, ",")}`;
      return `${index + 1}\n${times}\n${cueText(`${entry.name}: ${entry.text}`)}\n`;
    })
    .join("\n");
}

/** WebVTT, with each speaker as a voice. Times run from the first entry. */
export function asWebVtt({ entries }: TranscriptDocument): string {
  const written = cues(entries).map(({ fromMs, toMs, entry }) => {
    const times = `${cueTime(fromMs, ".")} --> ${cueTime(toMs, ".")}`;
    return `\n${times}\n<v ${masked(entry.name)}>${masked(entry.text)}</v>\n`;
  });
  return `WEBVTT\n${written.join("")}`;
}

/** A cue lasts as long as it takes to read, and makes room for the next one. */
function cues(entries: readonly TranscriptEntry[]): Cue[] {
  const originMs = entries[0]?.startedAtMs ?? 0;
  return entries.map((entry, index) => {
    const reading = Math.max(leastSeconds, entry.text.length / charactersPerSecond);
    const fromMs = entry.startedAtMs - originMs;
    const nextMs = (entries[index + 1]?.startedAtMs ?? Infinity) - originMs;
    const toMs = fromMs + Math.min(reading, mostSeconds) * 1_000;
    return { fromMs, toMs: nextMs > fromMs ? Math.min(toMs, nextMs) : toMs, entry };
  });
}

/** `01:02:03,456`, with the format's own mark before the milliseconds. */
function cueTime(ms: number, mark: "," | "."): string {
  const whole = Math.round(ms);
  const pad = (value: number, digits = 2) => String(Math.floor(value)).padStart(digits, "0");
  const [hours, minutes, seconds] = [
    whole / 3_600_000,
    (whole / 60_000) % 60,
    (whole / 1_000) % 60,
  ];
  return `${pad(hours)}:${pad(minutes)}:${pad(seconds)}${mark}${pad(whole % 1_000, 3)}`;
}

/** An empty line would end the cue, and an arrow would be read as times. */
function cueText(text: string): string {
  return oneLine(text).replaceAll("-->", "→");
}

function masked(text: string): string {
  return oneLine(text).replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll(">", "&gt;");
}
