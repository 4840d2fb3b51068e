import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

const stamp = new Intl.DateTimeFormat("en-GB", {
  hour: "2-digit",
  minute: "2-digit",
  second: "2-digit",
});

/** Plain text of all final entries, one a line. */
export function transcriptFileText(entries: readonly TranscriptEntry[]): string {
  return entries
    .filter((entry) => entry.isFinal)
    .map((entry) => {
      const mark = entry.isInterrupted ? " [cut short]" : "";
      return `[${stamp.format(entry.startedAtMs)}] ${entry.name}: ${entry.text}${mark}\n`;
    })
    .join("");
}
