import { expect, it } from "vitest";
import { envelope, envelopeCorrelation } from "./envelope";
import { wordErrorRate } from "./word-error-rate";

it.each([
  ["what time is it", "What time is it?", 0],
  ["what time is it", "what is it", 0.25],
  ["what time is it", "what fine is it now", 0.5],
  ["hello", "", 1],
])("word error rate of %j heard as %j is %d", (reference, heard, rate) => {
  expect(wordErrorRate(reference, heard)).toBeCloseTo(rate);
});

it("finds a sound within a longer one, and not in another", () => {
  const burst = (pattern: number[]) =>
    Int16Array.from(
      pattern.flatMap((level) =>
        Array.from({ length: 1_600 }, (_, index) => Math.sin(index) * level),
      ),
    );
  const part = envelope(burst([0, 9_000, 200, 5_000, 0, 12_000]), 16_000);
  const whole = envelope(burst([0, 0, 0, 9_000, 200, 5_000, 0, 12_000, 0]), 16_000);
  const other = envelope(burst([5_000, 0, 9_000, 9_000, 0, 0, 100, 9_000, 100]), 16_000);
  expect(envelopeCorrelation(part, whole)).toBeGreaterThan(0.99);
  expect(envelopeCorrelation(part, other)).toBeLessThan(0.8);
  // A browser on a busy machine plays a piece twice, and what follows comes later.
  const first = [0, 9_000, 200, 5_000, 0, 12_000];
  const second = [300, 8_000, 0, 6_000, 0, 11_000];
  const long = envelope(burst([...first, ...second]), 16_000);
  const torn = envelope(burst([0, 0, ...first, 12_000, ...second, 0]), 16_000);
  expect(envelopeCorrelation(long, torn)).toBeGreaterThan(0.95);
});
