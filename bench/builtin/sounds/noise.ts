import { seededRandom } from "@parley/speech/testing/audio-fixtures";

/** Sound to be mixed: 16 kHz, any level. */
export type Sound = Float64Array;

/** As loud at every frequency. */
export function whiteNoise(samples: number, seed: number): Sound {
  const random = seededRandom(seed);
  return Float64Array.from({ length: samples }, () => 2 * random() - 1);
}

/** 3 dB less each octave up, by three one-pole filters in parallel (Paul Kellet's economy filter). */
export function pinkNoise(samples: number, seed: number): Sound {
  let [low, middle, high] = [0, 0, 0];
  return whiteNoise(samples, seed).map((white) => {
    low = 0.99765 * low + 0.099046 * white;
    middle = 0.963 * middle + 0.2965164 * white;
    high = 0.57 * high + 1.0526913 * white;
    return low + middle + high + 0.1848 * white;
  });
}
