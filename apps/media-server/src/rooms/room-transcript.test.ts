import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { expect, it } from "vitest";
import { RoomTranscript } from "./room-transcript";

function entry(number: number, text = "hello"): TranscriptEntry {
  return { entryId: `entry-${number}` as EntryId, text } as TranscriptEntry;
}

function entries(count: number, text = "hello"): TranscriptEntry[] {
  return Array.from({ length: count }, (_, number) => entry(number, text));
}

it("shows all of a short conversation", () => {
  expect(new RoomTranscript(entries(3)).latest()).toEqual({
    entries: entries(3),
    hasEarlierEntries: false,
  });
});

it("shows the latest 200 entries of a long one, in order", () => {
  const { entries: shown, hasEarlierEntries } = new RoomTranscript(entries(201)).latest();
  expect(shown).toEqual(entries(201).slice(1));
  expect(hasEarlierEntries).toBe(true);
});

it("shows fewer where they are long, and the last one however long it is", () => {
  const long = new RoomTranscript(entries(20, "x".repeat(10_000))).latest();
  expect(long.entries).toHaveLength(5);
  expect(long.hasEarlierEntries).toBe(true);
  const last = new RoomTranscript([entry(0), entry(1, "x".repeat(60_000))]).latest();
  expect(last.entries.map(({ entryId }) => entryId)).toEqual(["entry-1"]);
});

it("knows that entries were forgotten, though what it has is shown whole", () => {
  const transcript = new RoomTranscript(entries(501));
  for (const { entryId } of entries(400)) transcript.retract(entryId);
  const { entries: shown, hasEarlierEntries } = transcript.latest();
  expect(shown).toHaveLength(101);
  expect(hasEarlierEntries).toBe(true);
});
