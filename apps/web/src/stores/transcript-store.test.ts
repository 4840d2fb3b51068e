import type { RoomEventBody } from "@parley/shared/protocol/room-event";
import { expect, it } from "vitest";
import { sampleEntry, sampleSnapshot, adaId } from "@parley/client/testing/room-samples";
import {
  emptyTranscript,
  reduceTranscript,
  withEarlierPage,
  type RoomTranscript,
} from "./transcript-store";

function after(...bodies: RoomEventBody[]): string[] {
  let state: RoomTranscript = emptyTranscript;
  for (const body of bodies) state = reduceTranscript(state, { type: "room-event", body });
  return state.entries.map((entry) => `${entry.text}${entry.isFinal ? "." : ""}`);
}

function partial(text: string, revision: number, name = "turn", startedAtMs = 0): RoomEventBody {
  const entry = sampleEntry(name, { text, revision, isFinal: false, startedAtMs });
  return { type: "transcript-partial", entry };
}

function final(text: string, revision: number, name = "turn", startedAtMs = 0): RoomEventBody {
  return { type: "transcript-final", entry: sampleEntry(name, { text, revision, startedAtMs }) };
}

it("replaces a partial by its later revisions and its final", () => {
  expect(after(partial("hel", 0), partial("hello", 1))).toEqual(["hello"]);
  expect(after(partial("hel", 0), final("Hello", 1))).toEqual(["Hello."]);
});

it("ignores older revisions and partials after the final", () => {
  expect(after(partial("hello", 2), partial("hel", 1))).toEqual(["hello"]);
  expect(after(final("Hello", 3), partial("hello there", 4))).toEqual(["Hello."]);
});

it("orders entries by when speaking began, not by arrival", () => {
  expect(after(final("second", 0, "b", 20), partial("first", 0, "a", 10))).toEqual([
    "first",
    "second.",
  ]);
});

it("removes a retracted entry", () => {
  const { entryId } = sampleEntry("turn");
  expect(after(partial("uh", 0), { type: "transcript-retract", entryId })).toEqual([]);
});

it("holds exactly the entries of a snapshot", () => {
  const state = reduceTranscript(
    { entries: [sampleEntry("stale")], pending: [], hasEarlier: false },
    {
      type: "snapshot-applied",
      memberId: adaId,
      snapshot: sampleSnapshot({ entries: [sampleEntry("kept")] }),
    },
  );
  expect(state.entries).toEqual([sampleEntry("kept")]);
});

it("stays the same object when an event is about something else", () => {
  const event = {
    type: "room-event",
    body: { type: "agent-state", state: "thinking" },
  } as const;
  expect(reduceTranscript(emptyTranscript, event)).toBe(emptyTranscript);
});

it("keeps earlier pages over a snapshot that goes on from them, and drops them over a gap", () => {
  const lines = ["a", "b", "c", "d", "e", "f"].map((text, number) =>
    sampleEntry(text, { text, startedAtMs: number }),
  );
  const joined = (state: RoomTranscript, from: number, to: number, hasEarlierEntries: boolean) =>
    reduceTranscript(state, {
      type: "snapshot-applied",
      memberId: adaId,
      snapshot: sampleSnapshot({ entries: lines.slice(from, to), hasEarlierEntries }),
    });
  const shown = ({ entries, hasEarlier }: RoomTranscript) =>
    `${hasEarlier ? "…" : ""}${entries.map(({ text }) => text).join("")}`;

  const first = joined(emptyTranscript, 2, 4, true);
  expect(shown(first)).toBe("…cd");
  const paged = withEarlierPage(first, { entries: lines.slice(0, 3), hasEarlierEntries: false });
  expect(shown(paged)).toBe("abcd");
  expect(shown(joined(paged, 3, 5, true))).toBe("abcde");
  expect(shown(joined(paged, 5, 6, true))).toBe("…f");
});
