import { describe, expect, it } from "vitest";
import { blockLength, quantizeBlocks } from "./quantize-blocks";

const inner = 75;
const columns = 3;
/** Column by column; one block is zero. */
const matrix = Float32Array.from({ length: inner * columns }, (_, index) =>
  index >= inner && index < inner + blockLength ? 0 : Math.sin(index * index) * (1 + index),
);

describe.each([4, 8] as const)("quantizeBlocks, %i bit", (bits) => {
  const { values, scales } = quantizeBlocks(matrix, { inner, columns, bits });
  const blocks = Math.ceil(inner / blockLength);

  /** Steps from zero of a weight, or of what fills a block up. */
  function steps(column: number, row: number): number {
    const place = (column * blocks + Math.floor(row / blockLength)) * blockLength;
    const position = place + (row % blockLength);
    if (bits === 8) return values[position]! - 128;
    return ((values[position >> 1]! >> (position % 2 === 0 ? 0 : 4)) & 15) - 8;
  }

  it("comes near every weight", () => {
    expect(values).toHaveLength((columns * blocks * blockLength * bits) / 8);
    for (const [index, weight] of matrix.entries()) {
      const [column, row] = [Math.floor(index / inner), index % inner];
      const scale = scales[column * blocks + Math.floor(row / blockLength)]!;
      const found = steps(column, row) * scale;
      // Half a step; a whole one at the end that lies nearer to zero.
      const isAtEnd = steps(column, row) === 2 ** (bits - 1) - 1;
      const tolerance = Math.abs(scale) * (isAtEnd ? 1.001 : 0.501);
      expect(Math.abs(found - weight)).toBeLessThanOrEqual(tolerance);
    }
  });

  it("keeps the farthest value of each block exactly", () => {
    for (let column = 0; column < columns; column++) {
      const block = matrix.subarray(column * inner, column * inner + blockLength);
      const farthest = block.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
      const row = block.indexOf(farthest);
      expect(steps(column, row) * scales[column * blocks]!).toBeCloseTo(farthest, 4);
    }
  });

  it("fills the last block of a column up with zeros", () => {
    for (let column = 0; column < columns; column++) {
      for (let row = inner; row < blocks * blockLength; row++) {
        if (bits === 8 || row % 2 === 1) expect(Math.abs(steps(column, row))).toBeLessThan(1);
      }
    }
  });
});
