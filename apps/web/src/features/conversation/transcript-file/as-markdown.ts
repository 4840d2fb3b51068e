import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { cleanLines, oneLine } from "@parley/shared/transcript/quoted";
import { byDay, timeOf, type TranscriptDocument } from "./transcript-document";

/** Markdown: all that was said stands in block quotes, and its own markup is escaped. */
export function asMarkdown({ title, entries }: TranscriptDocument): string {
  const days = [...byDay(entries)].map(
    ([day, ofDay]) => `\n## ${day}\n${ofDay.map(passage).join("")}`,
  );
  return `# ${escaped(oneLine(title))}\n${days.join("")}`;
}

function passage({ startedAtMs, name, kind, text, isInterrupted }: TranscriptEntry): string {
  const typed = { turn: "", reply: "", message: ", typed", tool: ", tool" }[kind];
  const mark = isInterrupted ? " _(cut short)_" : "";
  const quote = cleanLines(text).map(escaped).join("\\\n> ");
  return `\n**${escaped(oneLine(name))}**, ${timeOf(startedAtMs)}${typed}\n\n> ${quote}${mark}\n`;
}

/** Escapes what Markdown reads as markup, within a line and at its beginning (CommonMark 2.4). */
function escaped(line: string): string {
  return line
    .replaceAll(/[\\`*_[\]<>&~|!]/gu, "\\$&")
    .replace(/^(\s*)([#+=-])/u, "$1\\$2")
    .replace(/^(\s*\d+)([.)])/u, "$1\\$2");
}
