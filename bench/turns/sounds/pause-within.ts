import { speechRate } from "@parley/shared/audio/speech-rate";

/** Shorter than the gap between two words, longer than the closure of most consonants. */
const gapSamples = 0.06 * speechRate;
const stepSamples = 0.01 * speechRate;
/** Where the middle of a recording is looked for, as shares of its length. */
const middle = { from: 0.3, to: 0.7 };
/** So far below the recording's level (-20 dB) lies the room between two words. */
const quietShare = 0.1;

/**
 * The two halves of a recording, cut where it is quietest near its middle: between two words. The gap
 * is in neither, so that the first ends with sound, and the second begins with it: half a second after
 * the cut somebody may still be silent.
 */
export function pauseWithin(samples: Int16Array): [Int16Array, Int16Array] {
  let quietest = Infinity;
  let gapAt = Math.round(samples.length / 2);
  const last = samples.length * middle.to;
  for (let at = Math.round(samples.length * middle.from); at < last; at += stepSamples) {
    const level = loudness(samples.subarray(at, at + gapSamples));
    if (level >= quietest) continue;
    quietest = level;
    gapAt = at;
  }
  const limit = loudness(samples) * quietShare;
  const isQuiet = (at: number) => loudness(samples.subarray(at, at + stepSamples)) < limit;
  let from = gapAt + gapSamples / 2;
  let to = from;
  while (from >= stepSamples && isQuiet(from - stepSamples)) from -= stepSamples;
  while (to + stepSamples <= samples.length && isQuiet(to)) to += stepSamples;
  return [samples.subarray(0, from), samples.subarray(to)];
}

/** Root mean square. */
function loudness(samples: Int16Array): number {
  return Math.sqrt(samples.reduce((sum, x) => sum + x * x, 0) / Math.max(1, samples.length));
}
