import { newId, type TurnId } from "@parley/shared/protocol/ids";
import { describe, expect, it } from "vitest";
import { TurnStamps } from "./turn-stamps";

describe("TurnStamps", () => {
  it("keeps the last stamp of each step, turn by turn", () => {
    const stamps = new TurnStamps();
    const [first, second] = [newId<TurnId>(), newId<TurnId>()];
    stamps.mark(first, { speechEndedAtMs: 1, vadStoppedAtMs: 2 });
    stamps.mark(second, { speechEndedAtMs: 3 });
    stamps.mark(first, { speechEndedAtMs: 4 });
    expect(stamps.of(first)).toEqual({
      speechEndedAtMs: 4,
      vadStoppedAtMs: 2,
      transcriptFinalAtMs: null,
      turnDecidedAtMs: null,
    });
    expect(stamps.of(second).speechEndedAtMs).toBe(3);
  });

  it("forgets the oldest turns, so that a long conversation costs no memory", () => {
    const stamps = new TurnStamps();
    const turnIds = Array.from({ length: 100 }, () => newId<TurnId>());
    for (const turnId of turnIds) stamps.mark(turnId, { turnDecidedAtMs: 5 });
    const remembered = turnIds.map((turnId) => stamps.of(turnId).turnDecidedAtMs);
    expect(remembered.at(0)).toBeNull();
    expect(remembered.at(-1)).toBe(5);
  });
});
