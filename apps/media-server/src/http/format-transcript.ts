import { indented, oneLine, quotedName } from "@parley/shared/transcript/quoted";
import type { ArchivedRoom } from "../contracts/room-archive";

const kindMarks = { turn: "", reply: "", message: " (typed)", tool: " (tool)" } as const;

/**
 * A transcript as plain text, line by line with their line breaks: a heading, then an entry a line;
 * further lines of one are indented.
 */
export function* formatTranscript({ record, entries }: ArchivedRoom): Generator<string> {
  const title = record.title === "" ? "Conversation" : record.title;
  yield `${oneLine(title)}, ${stamp(record.createdAtMs)}\n\n`;
  for (const entry of entries) {
    const mark = entry.isInterrupted ? " [interrupted]" : "";
    const kind = kindMarks[entry.kind];
    yield `[${stamp(entry.startedAtMs)}] ${quotedName(entry.name)}${kind}: ${indented(entry.text)}${mark}\n`;
  }
}

/** UTC, to the second: `2025-01-31 12:00:00Z`. */
function stamp(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")}Z`;
}
