import { describe, expect, it } from "vitest";
import { FramePieces } from "./frame-pieces";
import type { SpeechQuality } from "./magpie-request";

/** Sizes of the pieces of chunks that are added step by step. */
function cut(quality: SpeechQuality, stacking: number, chunks: readonly number[]): number[] {
  const pieces = new FramePieces(quality);
  const sizes: number[] = [];
  for (const steps of chunks) {
    for (let step = 0; step < steps; step++) {
      const piece = pieces.add(Array.from({ length: stacking }, () => [0]));
      if (piece !== null) sizes.push(piece.length);
    }
    const rest = pieces.endChunk();
    if (rest !== null) sizes.push(rest.length);
  }
  return sizes;
}

describe("FramePieces", () => {
  it("grows from a frame to eight", () => {
    expect(cut("fast-start", 1, [40])).toEqual([1, 2, 4, 8, 8, 8, 8, 1]);
    expect(cut("fast-start", 2, [20])).toEqual([2, 2, 4, 8, 8, 8, 8]);
  });

  it("takes later chunks in large pieces, and all of them in a batch", () => {
    expect(cut("fast-start", 1, [3, 40])).toEqual([1, 2, 32, 8]);
    expect(cut("batch", 2, [20, 5])).toEqual([32, 8, 10]);
  });

  it("makes no empty piece", () => {
    expect(cut("batch", 1, [0, 0])).toEqual([]);
    expect(new FramePieces("fast-start").add([])).toBeNull();
  });
});
