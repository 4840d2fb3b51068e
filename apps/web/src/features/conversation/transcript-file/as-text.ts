import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { indented, oneLine, quotedName } from "@parley/shared/transcript/quoted";
import { byDay, timeOf, type TranscriptDocument } from "./transcript-document";

/** Plain text: the title, a heading for each day, an entry a line; further lines are indented. */
export function asText({ title, entries }: TranscriptDocument): string {
  const days = [...byDay(entries)].map(
    ([day, ofDay]) => `\n${day}\n\n${ofDay.map(textLine).join("")}`,
  );
  return `${oneLine(title)}\n${days.join("")}`;
}

function textLine({ startedAtMs, name, kind, text, isInterrupted }: TranscriptEntry): string {
  const typed = { turn: "", reply: "", message: " (typed)", tool: " (tool)" }[kind];
  const mark = isInterrupted ? " [cut short]" : "";
  return `[${timeOf(startedAtMs)}] ${quotedName(name)}${typed}: ${indented(text)}${mark}\n`;
}
