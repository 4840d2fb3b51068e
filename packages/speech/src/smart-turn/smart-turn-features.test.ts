import { describe, expect, it } from "vitest";
import { loadAudio, whiteNoise } from "../testing/audio-fixtures";
import { loadTensors } from "../testing/audio-tensors";
import { featureSamples, SmartTurnFeatures } from "./smart-turn-features";

const fixtures = new URL("fixtures/", import.meta.url);
/** The fixture has every so manieth value. */
const step = 37;

describe("SmartTurnFeatures", () => {
  const features = new SmartTurnFeatures();

  it.each([...loadTensors(new URL("features.safetensors", fixtures))])(
    "equal the publisher's for %s, to the last digit",
    (name, { data }) => {
      const computed = features.of(loadAudio(new URL(`${name}.wav`, fixtures)));
      expect(computed.filter((_, index) => index % step === 0)).toEqual(data);
    },
  );

  it("see the last 8 s, and nothing of the sound before", () => {
    const sound = whiteNoise(featureSamples + 4_321, 2_000);
    expect(features.of(sound)).toEqual(features.of(sound.slice(-featureSamples)));
  });

  it("are level for silence", () => {
    expect(new Set(features.of(new Int16Array(0)))).toEqual(new Set([-1.5]));
  });
});
