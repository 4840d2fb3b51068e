import { describe, expect, it } from "vitest";
import { SampleRateConverter } from "./sample-rate-converter";

const frequency = 440;

function tone(sampleRate: number, seconds: number): Int16Array {
  const radians = (2 * Math.PI * frequency) / sampleRate;
  return Int16Array.from(
    { length: sampleRate * seconds },
    (_, at) => 10_000 * Math.sin(radians * at),
  );
}

/** What is left of a tone once the best fitting sine is taken away, in decibels below it. */
function signalToNoise(samples: Int16Array, sampleRate: number): number {
  const radians = (2 * Math.PI * frequency) / sampleRate;
  let [sine, cosine] = [0, 0];
  for (const [at, sample] of samples.entries()) {
    sine += (2 / samples.length) * sample * Math.sin(radians * at);
    cosine += (2 / samples.length) * sample * Math.cos(radians * at);
  }
  let noise = 0;
  for (const [at, sample] of samples.entries()) {
    const fitting = sine * Math.sin(radians * at) + cosine * Math.cos(radians * at);
    noise += (sample - fitting) ** 2 / samples.length;
  }
  return 10 * Math.log10((sine ** 2 + cosine ** 2) / 2 / noise);
}

describe("SampleRateConverter", () => {
  it("keeps a tone clean at every rate, however it is cut", async () => {
    for (const rate of [8_000, 11_025, 22_050, 24_000, 37_123, 44_100, 48_000]) {
      const converter = await SampleRateConverter.open(rate, 16_000);
      const input = tone(rate, 2);
      const pieces: number[] = [];
      for (let at = 0; at < input.length; at += 3_001) {
        pieces.push(...converter.process(input.subarray(at, at + 3_001)));
      }
      pieces.push(...converter.flush());
      converter.close();
      converter.close();
      expect(Math.abs(pieces.length - 32_320)).toBeLessThan(3);
      const middle = Int16Array.from(pieces.slice(1_600, 17_600));
      expect(signalToNoise(middle, 16_000)).toBeGreaterThan(60);
    }
  });

  it("gives back what it took", async () => {
    for (let count = 0; count < 3_000; count++) {
      const converter = await SampleRateConverter.open(8_000 + count * 13, 16_000);
      converter.process(new Int16Array(2_000));
      converter.close();
    }
  });
});
