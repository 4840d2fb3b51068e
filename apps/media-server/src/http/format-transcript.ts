import type { ArchivedRoom } from "../contracts/room-archive";

/** A transcript as plain text: a heading, then one line for each entry. */
export function formatTranscript({ record, entries }: ArchivedRoom): string {
  const title = record.title === "" ? "Conversation" : record.title;
  const lines = entries.map((entry) => {
    const mark = entry.isInterrupted ? " [interrupted]" : "";
    const kind = entry.kind === "message" ? " (typed)" : "";
    return `[${stamp(entry.startedAtMs)}] ${entry.name}${kind}: ${entry.text}${mark}`;
  });
  return [`${title}, ${stamp(record.createdAtMs)}`, "", ...lines, ""].join("\n");
}

/** UTC, to the second: `2025-01-31 12:00:00Z`. */
function stamp(atMs: number): string {
  return `${new Date(atMs).toISOString().slice(0, 19).replace("T", " ")}Z`;
}
