import { describe, expect, it } from "vitest";
import type { Vocabulary } from "../tokenizer/vocabulary";
import { buildPhraseBooster } from "./phrase-booster";

function withPieces(pieces: string[]): Vocabulary {
  return { pieces, blank: pieces.length, sentencePieceModel: null };
}

const cased = withPieces(["\u2581", "P", "p", "a", "r", "\u2581Pa", "<EOU>"]);
const lower = withPieces(["\u2581", "p", "a", "r", "<EOU>"]);

/** Pieces with a bonus after the given ones. */
function preferredAfter(vocabulary: Vocabulary, phrases: string[], path: string[] = []) {
  const booster = buildPhraseBooster({ vocabulary, phrases, weight: 1 });
  const scores = new Float32Array(vocabulary.pieces.length);
  const ids = path.map((piece) => vocabulary.pieces.indexOf(piece));
  const node = ids.reduce((at, id) => booster?.advance(at, id) ?? 0, 0);
  booster?.addBonuses(node, scores);
  return vocabulary.pieces.filter((_, id) => (scores[id] ?? 0) > 0);
}

describe("buildPhraseBooster", () => {
  it("boosts a phrase in lower case, with a capital, and within a word", () => {
    expect(preferredAfter(cased, ["par"])).toEqual(["\u2581", "P", "p", "\u2581Pa"]);
    expect(preferredAfter(cased, ["par"], ["\u2581Pa"])).toEqual(["r"]);
  });

  it("folds phrases to lower case for a vocabulary without capitals", () => {
    expect(preferredAfter(lower, ["PAR"])).toEqual(["\u2581", "p"]);
    expect(preferredAfter(lower, ["PAR"], ["\u2581"])).toEqual(["p"]);
  });

  it("does not boost a phrase of one token within words", () => {
    expect(preferredAfter(lower, ["a"])).toEqual(["\u2581"]);
    expect(preferredAfter(lower, ["a"], ["\u2581"])).toEqual(["a"]);
  });

  it("scales with its weight", () => {
    const scores = new Float32Array(lower.pieces.length);
    buildPhraseBooster({ vocabulary: lower, phrases: ["par"], weight: 3 })?.addBonuses(0, scores);
    expect([...scores]).toEqual([3, 3, 0, 0, 0]);
  });

  it.each([
    ["with unknown characters", "zoo"],
    ["without characters", " "],
    ["longer than 100 characters", "a".repeat(101)],
  ])("ignores a phrase %s", (_, phrase) => {
    expect(buildPhraseBooster({ vocabulary: lower, phrases: [phrase], weight: 1 })).toBeNull();
    expect(preferredAfter(lower, [phrase, "par"])).toEqual(preferredAfter(lower, ["par"]));
  });

  it("ignores phrases beyond the first 1,000", () => {
    const unknown = Array.from({ length: 1_000 }, () => "zoo");
    expect(preferredAfter(lower, [...unknown.slice(1), "par"])).toEqual(["\u2581", "p"]);
    expect(preferredAfter(lower, [...unknown, "par"])).toEqual([]);
  });
});
