import { speechRate } from "@parley/shared/audio/speech-rate";

/** Shorter than the gap between two words, longer than the closure of most consonants. */
const gapSamples = 0.06 * speechRate;
const stepSamples = 0.01 * speechRate;
/** Where the middle of a recording is looked for, as shares of its length. */
const middle = { from: 0.3, to: 0.7 };

/** The two halves of a recording, cut where it is quietest near its middle: between two words. */
export function pauseWithin(samples: Int16Array): [Int16Array, Int16Array] {
  let quietest = Infinity;
  let cutAt = Math.round(samples.length / 2);
  const last = samples.length * middle.to;
  for (let at = Math.round(samples.length * middle.from); at < last; at += stepSamples) {
    const energy = samples.subarray(at, at + gapSamples).reduce((sum, x) => sum + x * x, 0);
    if (energy >= quietest) continue;
    quietest = energy;
    cutAt = at + gapSamples / 2;
  }
  return [samples.subarray(0, cutAt), samples.subarray(cutAt)];
}
