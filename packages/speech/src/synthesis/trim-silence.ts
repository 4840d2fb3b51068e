/** Length of the pieces whose loudness is measured. */
const pieceMs = 5;

/** What silence is, and how much of it stays. */
export type Silence = {
  /** Root mean square, of 32,768, below which a piece is silence. */
  level: number;
  /** Kept before the first sound, for soft consonants. */
  keptBeforeMs: number;
  /** Kept after the last sound, for its decay. */
  keptAfterMs: number;
};

/**
 * Flite's: its voices' noise reaches 60 (awb); the quietest measured onset of a word is above 200.
 */
const clauseSilence: Silence = { level: 120, keptBeforeMs: 20, keptAfterMs: 40 };

/**
 * Removes the silence that a voice puts around each text, a fifth of a second and more.
 *
 * @param silence Flite's unless given
 * @returns a view
 */
export function trimSilence(
  samples: Int16Array,
  sampleRate: number,
  { level, keptBeforeMs, keptAfterMs }: Silence = clauseSilence,
): Int16Array {
  const perMs = sampleRate / 1_000;
  const piece = pieceMs * perMs;
  let first = -1;
  let last = -1;
  for (let at = 0; at < samples.length; at += piece) {
    if (loudness(samples.subarray(at, at + piece)) < level) continue;
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
