import { newId, type MemberId, type TurnId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { clearHearing, judgeTurn, stepHearingQuality } from "./hearing-quality";
import type { Turn } from "./turn";

const turns = { doubtfulTurns: 3, clearTurns: 2 };

/** @returns whether hearing is poor after each turn: d for a doubtful one, c for a clear one */
function poorAfter(row: string): boolean[] {
  let quality = clearHearing;
  return Array.from(row, (turn) => {
    quality = stepHearingQuality(quality, turn === "d" ? "doubtful" : "clear", turns);
    return quality.isPoor;
  });
}

describe("stepHearingQuality", () => {
  it.each([
    ["three doubtful turns in a row", "ddd", [false, false, true]],
    [
      "doubtful turns with a clear one between",
      "ddcddc",
      [false, false, false, false, false, false],
    ],
    ["one clear turn afterwards: it stays", "dddcd", [false, false, true, true, true]],
    ["two clear turns afterwards: it ends", "dddcc", [false, false, true, true, false]],
    ["clear turns apart: it stays", "dddcdcd", [false, false, true, true, true, true, true]],
    [
      "as many as before to come back",
      "dddccddd",
      [false, false, true, true, false, false, false, true],
    ],
  ])("%s", (_, row, poor) => {
    expect(poorAfter(row)).toEqual(poor);
  });
});

describe("judgeTurn", () => {
  const limits = { doubtfulBelow: 0.7, wordlessDoubtMs: 1_000 };
  const turn = (text: string, confidence: number | null, speechMs = 500): Turn => ({
    turnId: newId<TurnId>(),
    memberId: newId<MemberId>(),
    startedAtMs: 0,
    text,
    speechMs,
    phase: "settled",
    silentSinceMs: 0,
    confidence,
  });

  it.each<[string, Turn, "doubtful" | "clear" | null]>([
    ["sure words", turn("Tell me a story.", 0.9), "clear"],
    ["words at the limit", turn("Tell me a story.", 0.7), "clear"],
    ["unsure words", turn("Tell tree a storm.", 0.6), "doubtful"],
    ["words without confidence", turn("Tell me a story.", null), null],
    ["one sure word", turn("Six.", 0.8), "clear"],
    ["one unsure word", turn("Six.", 0.4), null],
    ["a sound of listening", turn("Mm-hmm.", 0.2), null],
    ["long speech without words", turn("", null, 1_000), "doubtful"],
    ["a cough", turn("", null, 300), null],
  ])("%s", (_, over, judgement) => {
    expect(judgeTurn(over, limits)).toBe(judgement);
  });
});
