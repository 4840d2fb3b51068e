import type { TranscriptEntry } from "@parley/shared/protocol/transcript";

/** A room's transcript on its way into a file: settled entries, oldest first. */
export type TranscriptDocument = { title: string; entries: readonly TranscriptEntry[] };

/** `2026-11-29` in this browser's zone. */
export function dayOf(atMs: number): string {
  const date = new Date(atMs);
  return [date.getFullYear(), date.getMonth() + 1, date.getDate()]
    .map((part) => String(part).padStart(2, "0"))
    .join("-");
}

/** `19:10:05` in this browser's zone. */
export function timeOf(atMs: number): string {
  const date = new Date(atMs);
  return [date.getHours(), date.getMinutes(), date.getSeconds()]
    .map((part) => String(part).padStart(2, "0"))
    .join(":");
}

/** Entries by the day on which they began. */
export function byDay(entries: readonly TranscriptEntry[]): Map<string, TranscriptEntry[]> {
  const days = new Map<string, TranscriptEntry[]>();
  for (const entry of entries) {
    const day = dayOf(entry.startedAtMs);
    days.set(day, [...(days.get(day) ?? []), entry]);
  }
  return days;
}
