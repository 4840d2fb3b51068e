/** Length of the pieces whose loudness is measured. */
const pieceMs = 5;
/**
 * Root mean square, of 32,768, below which a piece is silence. The voices' noise reaches 60 (awb);
 * the quietest measured onset of a word is above 200.
 */
const silenceLevel = 120;
/** Kept before the first sound, for soft consonants, and after the last, for its decay. */
const keptBeforeMs = 20;
const keptAfterMs = 40;

/** Removes the silence of a fifth of a second that Flite puts around each text. @returns a view */
export function trimSilence(samples: Int16Array, sampleRate: number): Int16Array {
  const perMs = sampleRate / 1_000;
  const piece = pieceMs * perMs;
  let first = -1;
  let last = -1;
  for (let at = 0; at < samples.length; at += piece) {
    if (loudness(samples.subarray(at, at + piece)) < silenceLevel) continue;
    if (first < 0) first = at;
    last = at + piece;
  }
  if (first < 0) return samples.subarray(0, 0);
  return samples.subarray(Math.max(0, first - keptBeforeMs * perMs), last + keptAfterMs * perMs);
}

function loudness(samples: Int16Array): number {
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  return Math.sqrt(energy / samples.length);
}
