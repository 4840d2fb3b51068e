import { describe, expect, it } from "vitest";
import { SentencePieceEncoder } from "./sentencepiece-encoder";
import type { PieceType, SentencePieceModel } from "./sentencepiece-model";

/** @param pieces [text, score, type] each; the unknown piece is put before them */
function createModel(
  algorithm: SentencePieceModel["algorithm"],
  pieces: [string, number, PieceType?][],
  changes: Partial<SentencePieceModel["normalizer"]> = {},
): SentencePieceModel {
  return {
    pieces: [
      { text: "<unk>", score: 0, type: "unknown" },
      ...pieces.map(([text, score, type = "normal"]) => ({ text, score, type }) as const),
    ],
    algorithm,
    hasByteFallback: false,
    unknown: 0,
    normalizer: {
      charsMap: new Uint8Array(),
      addsDummyPrefix: true,
      removesExtraSpaces: false,
      escapesSpaces: true,
      ...changes,
    },
  };
}

function piecesOf(model: SentencePieceModel, text: string): string[] {
  return new SentencePieceEncoder(model).encode(text).map((id) => model.pieces[id]?.text ?? "");
}

describe("SentencePieceEncoder", () => {
  it("merges the best pair first, and the first of equal pairs", () => {
    const pieces: [string, number][] = [
      ["a", -9],
      ["b", -9],
      ["ab", -2],
      ["aa", -1],
      ["aab", -3],
    ];
    const model = createModel("bpe", pieces, { addsDummyPrefix: false });
    expect(piecesOf(model, "aab")).toEqual(["aab"]);
    expect(piecesOf(model, "aaab")).toEqual(["aa", "ab"]);
  });

  it("splits unused pieces again", () => {
    const model = createModel(
      "bpe",
      [
        ["a", -9],
        ["b", -9],
        ["ab", -1, "unused"],
        ["aba", -2],
      ],
      { addsDummyPrefix: false },
    );
    expect(piecesOf(model, "ab")).toEqual(["a", "b"]);
    expect(piecesOf(model, "aba")).toEqual(["aba"]);
  });

  it("chooses the most likely segmentation without unused pieces", () => {
    const model = createModel(
      "unigram",
      [
        ["a", -1],
        ["b", -1],
        ["ab", -1.5],
        ["abb", -0.1, "unused"],
      ],
      { addsDummyPrefix: false },
    );
    expect(piecesOf(model, "abb")).toEqual(["ab", "b"]);
  });

  it.each(["bpe", "unigram"] as const)("keeps user-defined pieces whole: %s", (algorithm) => {
    const model = createModel(
      algorithm,
      [
        ["<", -1],
        ["E", -1],
        [">", -1],
        ["<E>", -9, "user-defined"],
      ],
      { addsDummyPrefix: false },
    );
    expect(piecesOf(model, "<<E>E")).toEqual(["<", "<E>", "E"]);
  });

  it("removes extra spaces and does not escape spaces when the model says so", () => {
    const pieces: [string, number][] = [
      ["a", -1],
      [" ", -1],
      ["\u2581", -1],
    ];
    expect(piecesOf(createModel("bpe", pieces, { removesExtraSpaces: true }), "  a  a ")).toEqual([
      "\u2581",
      "a",
      "\u2581",
      "a",
    ]);
    expect(piecesOf(createModel("bpe", pieces, { escapesSpaces: false }), "a ")).toEqual([
      " ",
      "a",
      " ",
    ]);
    expect(piecesOf(createModel("bpe", pieces, { removesExtraSpaces: true }), "  ")).toEqual([]);
  });

  it("refuses byte fallback without all byte pieces, and truncated rules", () => {
    const model = createModel("bpe", [["a", -1]]);
    expect(() => new SentencePieceEncoder({ ...model, hasByteFallback: true })).toThrow("<0x00>");
    const truncated = createModel("bpe", [], { charsMap: Uint8Array.of(8, 0, 0, 0, 1, 2) });
    expect(() => new SentencePieceEncoder(truncated)).toThrow("precompiled_charsmap");
  });
});
