import { plainLine } from "@parley/shared/protocol/plain-text";
import type { ArchivedRoom } from "../contracts/room-archive";

const lineBreak = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/u;

/** A transcript as plain text: a heading, then one line for each entry. */
export function formatTranscript({ record, entries }: ArchivedRoom): string {
  const title = record.title === "" ? "Conversation" : record.title;
  const lines = entries.map((entry) => {
    const mark = entry.isInterrupted ? " [interrupted]" : "";
    const kind = entry.kind === "message" ? " (typed)" : "";
    // Further lines are set in, so that none can pose as an entry of its own.
    const text = entry.text.split(lineBreak).join("\n    ");
    return `[${stamp(entry.startedAtMs)}] ${plainLine(entry.name)}${kind}: ${text}${mark}`;
  });
  return [`${title}, ${stamp(record.createdAtMs)}`, "", ...lines, ""].join("\n");
}

/** UTC, to the second: `2025-01-31 12:00:00Z`. */
function stamp(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")}Z`;
}
