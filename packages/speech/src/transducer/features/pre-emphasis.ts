/** NeMo's `preemph`, as single precision has it. */
const strength = Math.fround(0.97);

const toFullScale = 2 ** -15;

/**
 * y[n] = x[n] − 0.97 x[n−1] in full scale: one filter over the whole of a sound, not anew in each
 * frame as Kaldi has it. Rounded to single precision at each step as in NeMo: where a signal is
 * loud below and silent above, this rounding is all that the upper mels hear.
 *
 * @param sample 16-bit
 * @param previous the one before it, 0 before the sound
 */
export function preEmphasised(sample: number, previous: number): number {
  return Math.fround(sample - Math.fround(strength * previous)) * toFullScale;
}
