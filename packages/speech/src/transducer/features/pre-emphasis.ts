/** NeMo's `preemph`, in single precision. */
const strength = Math.fround(0.97);

const toFullScale = 2 ** -15;

/**
 * Pre-emphasis y[n] = x[n] − 0.97 x[n−1] in full scale: one filter over the whole sound, not
 * restarted in each frame as in Kaldi. Rounded to single precision at each step as in NeMo: where
 * a signal is loud in low and silent in high frequencies, the upper mels consist of this rounding.
 *
 * @param sample 16-bit
 * @param previous the one before it, 0 before the sound
 */
export function preEmphasised(sample: number, previous: number): number {
  return Math.fround(sample - Math.fround(strength * previous)) * toFullScale;
}
