import { describe, expect, it } from "vitest";
import { detectEnd, isEndLikeliest } from "./end-detection";

const end = 9;
const nowhere = () => false;
const at =
  (...heads: number[]) =>
  (head: number) =>
    heads.includes(head);
const options = { codebooks: 2, endId: end };

describe("detectEnd", () => {
  it.each([
    ["argmax_or_multinomial_any", [1, 2, 3, end], nowhere, 1],
    ["argmax_or_multinomial_any", [1, 2, 3, 4], at(1), 0],
    ["argmax_or_multinomial_any", [1, 2, 3, 4], nowhere, null],
    ["argmax_any", [end, end, end, end], nowhere, null],
    ["argmax_any", [1, 2, 3, 4], at(2), 1],
    ["argmax_or_multinomial_all", [1, end, end, end], nowhere, 1],
    ["argmax_or_multinomial_all", [1, end, 3, 4], at(0), null],
    ["argmax_all", [1, 2, 3, 4], at(2, 3), 1],
    ["argmax_zero_cb", [1, 2, 3, 4], at(1, 2), 1],
    ["argmax_or_multinomial_zero_cb", [1, end, end, 4], nowhere, 1],
  ] as const)("by %s of %j", (method, sampled, isLikeliest, frame) => {
    expect(detectEnd(sampled, isLikeliest, { ...options, method })).toBe(frame);
  });
});

describe("isEndLikeliest", () => {
  /** Two codes, begin, end. */
  const logits = (...values: number[]) => Float32Array.from(values);
  const sizes = { codes: 2, endId: 3, scale: 2 };

  it("compares after guidance, without the other special tokens", () => {
    const conditional = logits(1, 2, 99, 3);
    expect(isEndLikeliest(conditional, logits(0, 0, 0, 0), sizes)).toBe(true);
    expect(isEndLikeliest(conditional, logits(0, 0, 0, 3), sizes)).toBe(false);
  });

  it("prefers the code among equals", () => {
    expect(isEndLikeliest(logits(1, 3, 0, 3), logits(0, 0, 0, 0), sizes)).toBe(false);
  });
});
