import { indented, oneLine, quotedName } from "@parley/shared/transcript/quoted";
import type { ArchivedRoom } from "../contracts/room-archive";

const kindMarks = { turn: "", reply: "", message: " (typed)", tool: " (tool)" } as const;

/** A transcript as plain text: a heading, then an entry a line; further lines of one are indented. */
export function formatTranscript({ record, entries }: ArchivedRoom): string {
  const title = record.title === "" ? "Conversation" : record.title;
  const lines = entries.map((entry) => {
    const mark = entry.isInterrupted ? " [interrupted]" : "";
    const kind = kindMarks[entry.kind];
    return `[${stamp(entry.startedAtMs)}] ${quotedName(entry.name)}${kind}: ${indented(entry.text)}${mark}`;
  });
  return [`${oneLine(title)}, ${stamp(record.createdAtMs)}`, "", ...lines, ""].join("\n");
}

/** UTC, to the second: `2025-01-31 12:00:00Z`. */
function stamp(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")}Z`;
}
