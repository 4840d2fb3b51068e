import { describe, expect, it } from "vitest";
import { blockLength, quantizeBlocks } from "./quantize-blocks";

const inner = 75;
const columns = 3;
/** Column-major; one block is all zeros. */
const matrix = Float32Array.from({ length: inner * columns }, (_, index) =>
  index >= inner && index < inner + blockLength ? 0 : Math.sin(index * index) * (1 + index),
);

describe.each([4, 8] as const)("quantizeBlocks, %i bit", (bits) => {
  const { values, scales } = quantizeBlocks(matrix, { inner, columns, bits });
  const blocks = Math.ceil(inner / blockLength);

  /** Quantization steps from zero of a weight or of padding. */
  function steps(column: number, row: number): number {
    const place = (column * blocks + Math.floor(row / blockLength)) * blockLength;
    const position = place + (row % blockLength);
    if (bits === 8) return values[position]! - 128;
    return ((values[position >> 1]! >> (position % 2 === 0 ? 0 : 4)) & 15) - 8;
  }

  it("represents every weight within the quantization error", () => {
    expect(values).toHaveLength((columns * blocks * blockLength * bits) / 8);
    for (const [index, weight] of matrix.entries()) {
      const [column, row] = [Math.floor(index / inner), index % inner];
      const scale = scales[column * blocks + Math.floor(row / blockLength)]!;
      const found = steps(column, row) * scale;
      // Half a step; a whole step at the end of the range that is nearer to zero.
      const isAtEnd = steps(column, row) === 2 ** (bits - 1) - 1;
      const tolerance = Math.abs(scale) * (isAtEnd ? 1.001 : 0.501);
      expect(Math.abs(found - weight)).toBeLessThanOrEqual(tolerance);
    }
  });

  it("represents the extreme value of each block exactly", () => {
    for (let column = 0; column < columns; column++) {
      const block = matrix.subarray(column * inner, column * inner + blockLength);
      const extreme = block.reduce((a, b) => (Math.abs(b) > Math.abs(a) ? b : a));
      const row = block.indexOf(extreme);
      expect(steps(column, row) * scales[column * blocks]!).toBeCloseTo(extreme, 4);
    }
  });

  it("pads the last block of a column with zeros", () => {
    for (let column = 0; column < columns; column++) {
      for (let row = inner; row < blocks * blockLength; row++) {
        if (bits === 8 || row % 2 === 1) expect(Math.abs(steps(column, row))).toBeLessThan(1);
      }
    }
  });
});
