import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { readSentencePieceModel } from "@parley/nemo-onnx/sentencepiece/read-sentencepiece-model";
import type { Vocabulary } from "./vocabulary";
import { cutPhrase } from "./cut-phrase";

const fixtures = new URL("../../../../nemo-onnx/fixtures/tokenizers/", import.meta.url);

function readVocabulary(name: string): Vocabulary {
  const sentencePieceModel = readFileSync(new URL(`${name}.model`, fixtures));
  const { pieces } = readSentencePieceModel(sentencePieceModel, name);
  return { pieces: pieces.map(({ text }) => text), blank: pieces.length, sentencePieceModel };
}

function withPieces(...pieces: string[]): Vocabulary {
  return { pieces, blank: pieces.length, sentencePieceModel: null };
}

describe("cutPhrase with a SentencePiece model", () => {
  // Ids from NeMo's own tokenizer.
  it.each([
    ["bpe_cased", "the letter", [3, 50, 51, 30]],
    ["bpe_cased", "morning train", [74, 89, 9, 80, 5, 96, 1, 77, 34]],
    ["unigram", "the letter", [4, 163, 56, 29]],
    ["unigram", "morning train", [45, 122, 132, 22, 67, 79]],
  ])("cuts as SentencePiece does: %s, %s", (name, phrase, ids) => {
    expect(cutPhrase(readVocabulary(name), phrase)).toEqual(ids);
  });

  it("ignores superfluous spaces", () => {
    const vocabulary = readVocabulary("bpe_cased");
    expect(cutPhrase(vocabulary, "  the \t letter ")).toEqual([3, 50, 51, 30]);
    expect(cutPhrase(vocabulary, " ")).toEqual([]);
  });

  it("cuts the rest of a word without a space before it", () => {
    const vocabulary = readVocabulary("bpe_cased");
    const ids = cutPhrase(vocabulary, "letter", { startsWord: false });
    expect(ids.map((id) => vocabulary.pieces[id]).join("")).toBe("letter");
  });

  it("returns no ids for unknown characters", () => {
    expect(cutPhrase(readVocabulary("bpe_cased"), "日本")).toEqual([]);
  });

  it("rejects the model of another vocabulary", () => {
    const { pieces } = readVocabulary("unigram");
    const vocabulary = { ...readVocabulary("bpe_cased"), pieces };
    expect(() => cutPhrase(vocabulary, "a")).toThrow("id 1");
    const damaged = { ...vocabulary, sentencePieceModel: Uint8Array.of(1, 2, 3) };
    expect(() => cutPhrase(damaged, "a")).toThrow("is no SentencePiece model");
  });
});

describe("cutPhrase with pieces only", () => {
  it("takes the longest piece each time", () => {
    const vocabulary = withPieces("\u2581", "\u2581a", "\u2581ab", "b", "c", "bc");
    expect(cutPhrase(vocabulary, "abc ac")).toEqual([2, 4, 1, 4]);
    expect(cutPhrase(vocabulary, "bc", { startsWord: false })).toEqual([5]);
  });

  it("returns no ids for unknown characters", () => {
    expect(cutPhrase(withPieces("\u2581a"), "ax")).toEqual([]);
  });
});
