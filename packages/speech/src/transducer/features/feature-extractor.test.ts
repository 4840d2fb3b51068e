import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadAudio, randomPieces } from "../../testing/audio-fixtures";
import { loadTensors, tensorOf, type RecordedTensor } from "../../testing/audio-tensors";
import { FeatureExtractor } from "./feature-extractor";
import { LogMel, silentLogMel } from "./log-mel";

const fixtures = new URL("../fixtures/", import.meta.url);
/** The full set of recordings, where it lies beside the repository. */
const shared = new URL("../../../../../../shared/fixtures/asr/", import.meta.url);

function logMelOf(
  mels: number,
  tables: Partial<Record<"filterbank" | "window", Float32Array>> = {},
) {
  return new LogMel({ mels, normalization: "none", filterbank: null, window: null, ...tables });
}

function joined(parts: readonly Float32Array[]): Float32Array {
  return Float32Array.from(parts.flatMap((part) => [...part]));
}

function extract(logMel: LogMel, pieces: readonly Int16Array[]): Float32Array {
  const extractor = new FeatureExtractor(logMel);
  const parts = pieces.map((piece) => extractor.push(piece));
  return joined([...parts, extractor.remaining()]);
}

/**
 * Largest difference from NeMo's [mels, frames + 1], whose last column is a mask. Up to 3e-4 comes
 * from NeMo's transform in single precision, in mels that are almost silent beside loud ones.
 */
function distance(frames: Float32Array, expected: RecordedTensor): number {
  const [mels = 0, columns = 0] = expected.shape;
  expect(frames.length).toBe(mels * (columns - 1));
  let furthest = 0;
  for (let frame = 0; frame < columns - 1; frame++) {
    for (let mel = 0; mel < mels; mel++) {
      const difference = frames[frame * mels + mel]! - expected.data[mel * columns + frame]!;
      furthest = Math.max(furthest, Math.abs(difference));
    }
  }
  return furthest;
}

describe("FeatureExtractor", () => {
  it.each([
    [80, "flite_slt"],
    [80, "tiny"],
    [80, "white2"],
    [80, "silence2"],
    [128, "flite_slt"],
    [128, "tiny"],
  ])("equals NeMo with %i mels on %s", (mels, name) => {
    const recorded = loadTensors(new URL(`mel${mels}.safetensors`, fixtures));
    const audio = loadAudio(new URL(`audio/${name}.wav`, fixtures));
    const frames = extract(logMelOf(mels), [audio]);
    expect(distance(frames, tensorOf(recorded, `${name}.logmel`))).toBeLessThan(2e-4);
  });

  it.skipIf(!existsSync(shared))("equals NeMo on every recording with a reference", () => {
    for (const mels of [80, 128]) {
      const recorded = loadTensors(new URL(`features/mel${mels}.safetensors`, shared));
      const filterbank = tensorOf(recorded, "filterbank").data;
      const logMel = logMelOf(mels, { filterbank, window: tensorOf(recorded, "window").data });
      for (const [key, expected] of recorded) {
        if (!key.endsWith(".logmel")) continue;
        const audio = loadAudio(new URL(`audio/${key.replace(".logmel", "")}.wav`, shared));
        expect(distance(extract(logMel, [audio]), expected), key).toBeLessThan(3e-4);
      }
    }
  });

  it("does not depend on how the sound was cut", () => {
    const logMel = logMelOf(80);
    const audio = loadAudio(new URL("audio/flite_slt.wav", fixtures));
    const whole = extract(logMel, [audio]);
    for (const [longest, seed] of [
      [7, 1],
      [333, 2],
      [5_000, 3],
    ] as const) {
      expect(extract(logMel, randomPieces(audio, longest, seed))).toEqual(whole);
    }
  });

  it("gives a frame as soon as its last sample is there", () => {
    const extractor = new FeatureExtractor(logMelOf(80));
    expect(extractor.push(new Int16Array(199)).length).toBe(0);
    expect(extractor.push(new Int16Array(1)).length).toBe(80);
    expect(extractor.push(new Int16Array(159)).length).toBe(0);
    expect(extractor.push(new Int16Array(1)).length).toBe(80);
  });

  it("computes the remaining frames without consuming them", () => {
    const audio = loadAudio(new URL("audio/tiny.wav", fixtures));
    const extractor = new FeatureExtractor(logMelOf(80));
    extractor.push(audio.subarray(0, 1_130));
    const remaining = extractor.remaining();
    expect(remaining.length).toBe(80);
    expect(extractor.remaining()).toEqual(remaining);
    expect(new FeatureExtractor(logMelOf(80)).remaining().length).toBe(0);
  });

  it("is not changed by computing the remaining frames", () => {
    const logMel = logMelOf(80);
    const audio = loadAudio(new URL("audio/tiny.wav", fixtures));
    const extractor = new FeatureExtractor(logMel);
    const parts = randomPieces(audio, 500, 4).map((piece) => {
      extractor.remaining();
      return extractor.push(piece);
    });
    expect(joined([...parts, extractor.remaining()])).toEqual(extract(logMel, [audio]));
  });

  it("gives NeMo's floor for digital silence", () => {
    const frames = extract(logMelOf(80), [new Int16Array(1_600)]);
    expect(frames.every((value) => value === silentLogMel)).toBe(true);
    expect(silentLogMel).toBeCloseTo(-16.6355, 4);
  });
});

describe("LogMel", () => {
  it("uses the checkpoint's own window", () => {
    const audio = loadAudio(new URL("audio/tiny.wav", fixtures));
    const rectangle = logMelOf(80, { window: new Float32Array(400).fill(1) });
    expect(extract(rectangle, [audio])).not.toEqual(extract(logMelOf(80), [audio]));
  });

  it("refuses tables of another size", () => {
    const filterbank = new Float32Array(128 * 257);
    expect(() => logMelOf(80, { filterbank })).toThrow("for 80 mels");
    expect(() => logMelOf(80, { window: new Float32Array(512) })).toThrow("window of 512");
  });
});
