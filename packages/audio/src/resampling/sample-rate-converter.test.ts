import { describe, expect, it } from "vitest";
import { SampleRateConverter } from "./sample-rate-converter";
import { loadSpeex } from "./speex";

const frequency = 440;

function tone(sampleRate: number, seconds: number): Int16Array {
  const radians = (2 * Math.PI * frequency) / sampleRate;
  return Int16Array.from(
    { length: sampleRate * seconds },
    (_, at) => 10_000 * Math.sin(radians * at),
  );
}

/** Ratio of the best fitting sine to the rest of a tone, in decibels. */
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

  it.each([
    [22_050, 441],
    [22_050, 512],
    [16_000, 320],
    [44_100, 44_100],
    [8_000, 37],
  ])("loses no sample from %i Hz in pieces of %i, without a flush", async (rate, piece) => {
    const converter = new SampleRateConverter(await loadSpeex(), rate, 24_000);
    let samples = 0;
    const pieces = Math.ceil((rate * 2) / piece);
    for (let count = 0; count < pieces; count++) {
      samples += converter.process(new Int16Array(piece)).length;
    }
    expect(Math.abs(samples - (pieces * piece * 24_000) / rate)).toBeLessThan(4);
    converter.close();
  });

  it("holds no sound of an earlier stream", async () => {
    const speex = await loadSpeex();
    const first = new SampleRateConverter(speex, 16_000, 24_000);
    first.process(new Int16Array(320).fill(20_000));
    first.close();
    const second = new SampleRateConverter(speex, 16_000, 24_000);
    expect(Math.max(...second.process(new Int16Array(320)))).toBe(0);
    second.close();
  });

  it("throws when memory runs out", async () => {
    const speex = await loadSpeex();
    const full = { ...speex, _malloc: () => 0 };
    expect(() => new SampleRateConverter(full, 22_050, 24_000)).toThrow("no memory");
  });

  it("frees the memory it took", async () => {
    for (let count = 0; count < 3_000; count++) {
      const converter = await SampleRateConverter.open(8_000 + count * 13, 16_000);
      converter.process(new Int16Array(2_000));
      converter.close();
    }
  });
});
