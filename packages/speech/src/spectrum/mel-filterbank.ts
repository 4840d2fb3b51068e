/**
 * Slaney's mel scale: linear below 1 kHz, logarithmic above (the `librosa` default, htk=False, that
 * NeMo's `FilterbankFeatures` is built with).
 */
const breakHz = 1_000;
const breakMel = 15;
const linearStep = 200 / 3;
const logStep = Math.log(6.4) / 27;

function toMel(hz: number): number {
  return hz < breakHz ? hz / linearStep : breakMel + Math.log(hz / breakHz) / logStep;
}

function toHz(mel: number): number {
  return mel < breakMel ? linearStep * mel : breakHz * Math.exp(logStep * (mel - breakMel));
}

export type FilterbankShape = {
  mels: number;
  /** Hz. */
  sampleRate: number;
  fftSize: number;
};

/**
 * Mel filterbank: triangles at equal distances in mel from 0 Hz to half the sample rate, each of
 * unit area in Hz ("Slaney norm").
 *
 * @returns [mels, fftSize / 2 + 1], row by row
 */
export function melFilterbank(shape: FilterbankShape): Float32Array {
  // Rounding as in `librosa`, so that the values equal those in a checkpoint.
  return Float32Array.from(triangles(shape, Math.fround));
}

/** As `melFilterbank`, in double precision: transformers' own for Whisper. */
export function exactMelFilterbank(shape: FilterbankShape): Float64Array {
  return triangles(shape, (height) => height);
}

function triangles(
  { mels, sampleRate, fftSize }: FilterbankShape,
  rounded: (height: number) => number,
): Float64Array {
  const bins = fftSize / 2 + 1;
  const step = toMel(sampleRate / 2) / (mels + 1);
  const cornerHz = (index: number) => toHz(step * index);
  const bank = new Float64Array(mels * bins);
  for (let mel = 0; mel < mels; mel++) {
    const low = cornerHz(mel);
    const middle = cornerHz(mel + 1);
    const high = cornerHz(mel + 2);
    for (let bin = 0; bin < bins; bin++) {
      const hz = (bin * sampleRate) / fftSize;
      const height = Math.min((hz - low) / (middle - low), (high - hz) / (high - middle));
      bank[mel * bins + bin] = rounded(Math.max(0, height)) * (2 / (high - low));
    }
  }
  return bank;
}
