import type { EntryId } from "@parley/shared/protocol/ids";
import type { TranscriptEntry } from "@parley/shared/protocol/transcript";
import { expect, it } from "vitest";
import { pageBefore } from "./transcript-page";

const entries = ["a", "b", "c", "d", "e"].map((name) => ({ entryId: name }) as TranscriptEntry);

function page(before: string | undefined, limit: number): [string, boolean] {
  const { entries: found, hasEarlierEntries } = pageBefore(entries, before as EntryId, limit);
  return [found.map(({ entryId }) => entryId).join(""), hasEarlierEntries];
}

it("goes back from page to page to the beginning", () => {
  expect(page("e", 2)).toEqual(["cd", true]);
  expect(page("c", 2)).toEqual(["ab", false]);
  expect(page("b", 2)).toEqual(["a", false]);
  expect(page("a", 2)).toEqual(["", false]);
});

it("is the whole transcript where no end is named", () => {
  expect(page(undefined, 2)).toEqual(["abcde", false]);
});

it("refuses an entry that is not there, by its name", () => {
  expect(() => page("x", 2)).toThrow(/no entry "x"/);
});
