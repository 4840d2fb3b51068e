import { describe, expect, it } from "vitest";
import { SentencePieceEncoder } from "./sentencepiece-encoder";
import type { PieceType, SentencePieceModel } from "./sentencepiece-model";

/** Pieces as [text, score, type]; the unknown one goes before them. */
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

function cut(model: SentencePieceModel, text: string): string[] {
  return new SentencePieceEncoder(model).encode(text).map((id) => model.pieces[id]?.text ?? "");
}

describe("SentencePieceEncoder", () => {
  it("merges the best pair first, of equals the first", () => {
    const pieces: [string, number][] = [
      ["a", -9],
      ["b", -9],
      ["ab", -2],
      ["aa", -1],
      ["aab", -3],
    ];
    const model = createModel("bpe", pieces, { addsDummyPrefix: false });
    expect(cut(model, "aab")).toEqual(["aab"]);
    expect(cut(model, "aaab")).toEqual(["aa", "ab"]);
  });

  it("undoes merges to unused pieces", () => {
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
    expect(cut(model, "ab")).toEqual(["a", "b"]);
    expect(cut(model, "aba")).toEqual(["aba"]);
  });

  it("takes the most likely cut, and none with unused pieces", () => {
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
    expect(cut(model, "abb")).toEqual(["ab", "b"]);
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
    expect(cut(model, "<<E>E")).toEqual(["<", "<E>", "E"]);
  });

  it("removes spaces to spare and escapes none where the model says so", () => {
    const pieces: [string, number][] = [
      ["a", -1],
      [" ", -1],
      ["\u2581", -1],
    ];
    expect(cut(createModel("bpe", pieces, { removesExtraSpaces: true }), "  a  a ")).toEqual([
      "\u2581",
      "a",
      "\u2581",
      "a",
    ]);
    expect(cut(createModel("bpe", pieces, { escapesSpaces: false }), "a ")).toEqual([
      " ",
      "a",
      " ",
    ]);
    expect(cut(createModel("bpe", pieces, { removesExtraSpaces: true }), "  ")).toEqual([]);
  });

  it("refuses byte fallback without all bytes, and rules that are cut off", () => {
    const model = createModel("bpe", [["a", -1]]);
    expect(() => new SentencePieceEncoder({ ...model, hasByteFallback: true })).toThrow("<0x00>");
    const cutOff = createModel("bpe", [], { charsMap: Uint8Array.of(8, 0, 0, 0, 1, 2) });
    expect(() => new SentencePieceEncoder(cutOff)).toThrow("precompiled_charsmap");
  });
});
