import { describe, expect, it } from "vitest";
import { decodeElements } from "../checkpoint/decode-elements";
import { roundToHalf } from "./round-to-half";

function rounded(...values: number[]): number[] {
  const halves = roundToHalf(Float32Array.from(values), "w");
  return [...decodeElements("float16", new Uint8Array(halves.buffer))];
}

describe("roundToHalf", () => {
  it("keeps values that are halves", () => {
    const patterns = Uint16Array.from({ length: 0x10000 }, (_, pattern) => pattern);
    const finite = patterns.filter((pattern) => (pattern & 0x7c00) !== 0x7c00);
    const values = decodeElements("float16", new Uint8Array(finite.buffer));
    expect(roundToHalf(values, "w")).toEqual(finite);
  });

  it("rounds to the nearest, and ties to the even one", () => {
    const step = 2 ** -10;
    expect(rounded(1 + 0.49 * step, 1 + 0.51 * step)).toEqual([1, 1 + step]);
    expect(rounded(1 + 0.5 * step, 1 + 1.5 * step)).toEqual([1, 1 + 2 * step]);
    expect(rounded(-1 - 0.5 * step, -1 - 1.5 * step)).toEqual([-1, -1 - 2 * step]);
    // A carry into the next power of two.
    expect(rounded(2 - 2 ** -12, 65_519)).toEqual([2, 65_504]);
  });

  it("rounds subnormals to multiples of 2^-24", () => {
    const smallest = 2 ** -24;
    expect(rounded(0.5 * smallest, 0.51 * smallest)).toEqual([0, smallest]);
    expect(rounded(1.5 * smallest, 2.5 * smallest)).toEqual([2 * smallest, 2 * smallest]);
    expect(rounded(1e-30, 2 ** -14 - 2 ** -26)).toEqual([0, 2 ** -14]);
    expect(Object.is(rounded(-1e-30)[0], -0)).toBe(true);
  });

  it("refuses values that would become infinite, naming the tensor", () => {
    const values = Float32Array.of(1, -65_520);
    expect(() => roundToHalf(values, "layer.weight")).toThrow(
      expect.objectContaining({
        code: "unsupported",
        message: "layer.weight has the value -65520 at 1, beyond half precision",
      }),
    );
  });
});
