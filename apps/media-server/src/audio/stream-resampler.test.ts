import { expect, test } from "vitest";
import { ResamplerPool } from "./stream-resampler";

test.each([
  [22_050, 441],
  [22_050, 512],
  [16_000, 320],
  [44_100, 44_100],
  [8_000, 37],
])("from %i Hz in pieces of %i no sample is lost", async (rate, piece) => {
  const pool = await ResamplerPool.load(24_000);
  const resampler = pool.take(rate);
  let samples = 0;
  const pieces = Math.ceil((rate * 2) / piece);
  for (let count = 0; count < pieces; count++) {
    samples += resampler.process(new Int16Array(piece)).length;
  }
  expect(Math.abs(samples - (pieces * piece * 24_000) / rate)).toBeLessThan(4);
});

test("a resampler given back holds no earlier sound", async () => {
  const pool = await ResamplerPool.load(24_000);
  const first = pool.take(16_000);
  first.process(new Int16Array(320).fill(20_000));
  pool.giveBack(first);
  const second = pool.take(16_000);
  expect(second).toBe(first);
  expect(Math.max(...second.process(new Int16Array(320)))).toBe(0);
});
