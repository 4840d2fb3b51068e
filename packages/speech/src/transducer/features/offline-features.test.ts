import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { loadAudio, randomPieces } from "../../testing/audio-fixtures";
import { loadTensors, tensorOf, type RecordedTensor } from "../../testing/audio-tensors";
import { LogMel } from "./log-mel";
import { OfflineFeatures, type OfflineSignal } from "./offline-features";

const fixtures = new URL("../fixtures/", import.meta.url);
/** The full set of recordings, where it lies beside the repository. */
const shared = new URL("../../../../../../shared/fixtures/asr/", import.meta.url);

function logMelOf(mels: number, normalization: LogMel["normalization"] = "per-feature"): LogMel {
  return new LogMel({ mels, normalization, filterbank: null, window: null });
}

function featuresOf(logMel: LogMel, pieces: readonly Int16Array[]): OfflineSignal {
  const features = new OfflineFeatures(logMel);
  for (const piece of pieces) features.push(piece);
  return features.finish();
}

/** Largest difference from NeMo's [mels, frames + 1], whose last column is a mask. */
function distance({ signal, frames }: OfflineSignal, expected: RecordedTensor): number {
  const [mels = 0, columns = 0] = expected.shape;
  expect([signal.length, frames]).toEqual([mels * (columns - 1), columns - 1]);
  let furthest = 0;
  signal.forEach((value, index) => {
    const column = index % frames;
    const reference = expected.data[((index - column) / frames) * columns + column]!;
    furthest = Math.max(furthest, Math.abs(value - reference));
  });
  return furthest;
}

describe("OfflineFeatures", () => {
  it.each([
    [80, "flite_slt"],
    [80, "tiny"],
    [128, "flite_slt"],
    [128, "tiny"],
  ])("equals NeMo's per_feature with %i mels on %s", (mels, name) => {
    const recorded = loadTensors(new URL("per-feature.safetensors", fixtures));
    const audio = loadAudio(new URL(`audio/${name}.wav`, fixtures));
    const features = featuresOf(logMelOf(mels), [audio]);
    const expected = tensorOf(recorded, `mel${mels}.${name}.per_feature`);
    // Tolerance of the log-mels: NeMo's transform is in single precision.
    expect(distance(features, expected)).toBeLessThan(3e-4);
    expect(features.validFrames).toBe(features.frames);
  });

  it.skipIf(!existsSync(shared))("equals NeMo on every recording with a reference", () => {
    for (const mels of [80, 128]) {
      const recorded = loadTensors(new URL(`features/mel${mels}.safetensors`, shared));
      for (const [key, expected] of recorded) {
        const name = key.replace(".per_feature", "");
        // Digital silence: NeMo's single-precision sums give −0.276 where the exact answer is 0.
        if (name === key || name === "silence2") continue;
        const audio = loadAudio(new URL(`audio/${name}.wav`, shared));
        expect(distance(featuresOf(logMelOf(mels), [audio]), expected), key).toBeLessThan(3e-4);
      }
    }
  });

  it("gives 0 for digital silence", () => {
    const { signal, frames } = featuresOf(logMelOf(80), [new Int16Array(32_000)]);
    expect(frames).toBe(200);
    expect(signal.every((value) => value === 0)).toBe(true);
  });

  it("does not normalise for models without normalisation", () => {
    const recorded = loadTensors(new URL("mel128.safetensors", fixtures));
    const audio = loadAudio(new URL("audio/tiny.wav", fixtures));
    const features = featuresOf(logMelOf(128, "none"), [audio]);
    expect(distance(features, tensorOf(recorded, "tiny.logmel"))).toBeLessThan(1e-4);
  });

  it("does not depend on how the sound was cut, nor on finishing in between", () => {
    const audio = loadAudio(new URL("audio/tiny.wav", fixtures));
    const features = new OfflineFeatures(logMelOf(80));
    for (const piece of randomPieces(audio, 400, 1)) {
      features.push(piece);
      features.finish();
    }
    expect(features.finish()).toEqual(featuresOf(logMelOf(80), [audio]));
  });

  it.each([
    [0, 0],
    [159, 0],
    [160, 1],
    [479, 2],
  ])("has for %i samples %i frames", (samples, frames) => {
    const audio = loadAudio(new URL("audio/tiny.wav", fixtures)).subarray(0, samples);
    const features = featuresOf(logMelOf(80), [audio]);
    expect(features).toMatchObject({ frames, validFrames: frames });
    expect(features.signal).toHaveLength(80 * frames);
    expect(features.signal.some(Number.isNaN)).toBe(false);
  });
});
