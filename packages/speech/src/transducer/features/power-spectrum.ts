import FFT from "fft.js";

/** Samples of one transform. */
export const fftSize = 512;
/** Bins from 0 Hz to half the sample rate, 31.25 Hz apart at 16 kHz. */
export const spectrumBins = fftSize / 2 + 1;

const half = fftSize / 2;

/**
 * |DFT|² of 512 real samples. They go through a complex transform of half the size, even samples as
 * real parts and odd ones as imaginary parts, and are separated afterwards (Press et al., Numerical
 * Recipes, §12.3.2): twice as fast as a transform of the full size, and a frame's result does not
 * depend on a neighbour's, as it would if two frames shared a transform.
 */
export class PowerSpectrum {
  /** Input of `compute`: 512 samples. */
  readonly samples = new Float64Array(fftSize);
  /** Output of `compute`: 257 powers. */
  readonly powers = new Float64Array(spectrumBins);
  readonly #fft = new FFT(half);
  readonly #mixed = new Float64Array(fftSize);
  readonly #cosines = twiddleFactors(Math.cos);
  readonly #sines = twiddleFactors(Math.sin);

  compute(): void {
    const mixed = this.#mixed;
    const powers = this.powers;
    const cosines = this.#cosines;
    const sines = this.#sines;
    this.#fft.transform(mixed, this.samples);
    const evenSum = mixed[0] ?? 0;
    const oddSum = mixed[1] ?? 0;
    powers[0] = (evenSum + oddSum) ** 2;
    powers[half] = (evenSum - oddSum) ** 2;
    for (let bin = 1; bin <= half / 2; bin++) {
      const mirrored = half - bin;
      const real = mixed[2 * bin] ?? 0;
      const imaginary = mixed[2 * bin + 1] ?? 0;
      const mirroredReal = mixed[2 * mirrored] ?? 0;
      const mirroredImaginary = mixed[2 * mirrored + 1] ?? 0;
      const evenReal = (real + mirroredReal) / 2;
      const evenImaginary = (imaginary - mirroredImaginary) / 2;
      const oddReal = (imaginary + mirroredImaginary) / 2;
      const oddImaginary = (mirroredReal - real) / 2;
      const cosine = cosines[bin] ?? 0;
      const sine = sines[bin] ?? 0;
      const turnedReal = oddReal * cosine + oddImaginary * sine;
      const turnedImaginary = oddImaginary * cosine - oddReal * sine;
      powers[bin] = (evenReal + turnedReal) ** 2 + (evenImaginary + turnedImaginary) ** 2;
      powers[mirrored] = (evenReal - turnedReal) ** 2 + (turnedImaginary - evenImaginary) ** 2;
    }
  }
}

function twiddleFactors(wave: (angle: number) => number): Float64Array {
  return Float64Array.from({ length: half / 2 + 1 }, (_, bin) =>
    wave((2 * Math.PI * bin) / fftSize),
  );
}
