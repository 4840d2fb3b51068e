import { expect, it } from "vitest";
import { usualPrecision } from "./usual-precision";

it.each([
  ["synthesizer", 2, null, "int8"],
  ["synthesizer", 3, null, "int8"],
  ["synthesizer", 4, null, "fp32"],
  ["synthesizer", 2, "fp16", "fp16"],
  ["synthesizer", 2, "fp32", "fp32"],
  ["recognizer", 2, null, "fp32"],
  ["recognizer", 16, "fp16", "fp16"],
] as const)("of a %s on %i cores and a card of %s: %s", (kind, cores, cardPrecision, expected) => {
  expect(usualPrecision(kind, { cores, cardPrecision })).toBe(expected);
});
