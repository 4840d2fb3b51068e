import { newId, type EntryId, type MemberId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { expect, test } from "vitest";
import { conversationHistory } from "./conversation-history";

function entry(text: string, change: Partial<TranscriptEntry> = {}): TranscriptEntry {
  return {
    entryId: newId<EntryId>(),
    kind: "turn",
    memberId: newId<MemberId>(),
    name: "Ann",
    text,
    revision: 0,
    isFinal: true,
    isInterrupted: false,
    startedAtMs: 0,
    ...change,
  };
}

test("final entries become lines in order, each with its speaker", () => {
  const lines = conversationHistory(
    [
      entry("hello"),
      entry("Good day.", { kind: "reply", name: "Robin" }),
      entry("typed", { kind: "message" }),
      entry("not yet sai", { isFinal: false }),
    ],
    new Set(),
  );
  expect(lines).toEqual([
    { role: "member", name: "Ann", text: "hello" },
    { role: "agent", name: "Robin", text: "Good day." },
    { role: "member", name: "Ann", text: "typed" },
  ]);
});

test("excluded entries are left out", () => {
  const waiting = entry("waiting");
  expect(conversationHistory([waiting], new Set([waiting.entryId]))).toEqual([]);
});

test("of a long conversation the latest lines are kept", () => {
  const entries = Array.from({ length: 300 }, (_, at) => entry(`line ${at}`));
  const lines = conversationHistory(entries, new Set());
  expect(lines).toHaveLength(100);
  expect(lines.at(-1)!.text).toBe("line 299");
  const long = Array.from({ length: 10 }, () => entry("x".repeat(4_000)));
  expect(conversationHistory(long, new Set())).toHaveLength(6);
});
