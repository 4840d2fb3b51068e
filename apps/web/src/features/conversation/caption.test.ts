import { expect, it } from "vitest";
import { sampleEntry } from "@parley/client/testing/room-samples";
import { captionCharacters, captionOf } from "./caption";

it("prefers a partial entry to the last one", () => {
  const speaking = sampleEntry("a", { isFinal: false, text: "and then" });
  expect(captionOf([speaking, sampleEntry("b")])?.text).toBe("and then");
  expect(captionOf([sampleEntry("b")])?.text).toBe("hello there");
  expect(captionOf([])).toBeNull();
});

it("shows the end of a long entry, cut between words", () => {
  const text = Array.from({ length: 80 }, (_, index) => `word${index}`).join(" ");
  const caption = captionOf([sampleEntry("a", { text })])?.text ?? "";
  expect(caption).toMatch(/^… word\d+ .* word79$/);
  expect(caption.length).toBeLessThanOrEqual(captionCharacters + 2);
});
