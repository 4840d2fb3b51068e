import FFT from "fft.js";

/**
 * |DFT|² of real samples of any even number, which need not be a power of two: Bluestein's chirp
 * transform of half the size, even samples as real parts and odd ones as imaginary parts.
 */
export class ChirpSpectrum {
  /** Input of `compute`. */
  readonly samples: Float64Array;
  /** Output of `compute`: powers of 0 Hz to half the sample rate. */
  readonly powers: Float64Array;
  readonly #half: number;
  readonly #fft: FFT;
  /** e^(−iπn²/half), real and imaginary parts in turn. */
  readonly #chirp: Float64Array;
  /** Transform of the chirp that others are convolved with. */
  readonly #kernel: Float64Array;
  /** e^(−iπn/half), by which odd samples are turned to their place. */
  readonly #turns: Float64Array;
  readonly #padded: Float64Array;
  readonly #spectrum: Float64Array;

  /** @param size of the transform, even */
  constructor(size: number) {
    const half = size / 2;
    const length = 2 ** Math.ceil(Math.log2(2 * half));
    this.samples = new Float64Array(size);
    this.powers = new Float64Array(half + 1);
    this.#half = half;
    this.#fft = new FFT(length);
    this.#chirp = chirpOf(half);
    this.#turns = Float64Array.from({ length: 2 * (half + 1) }, (_, at) => {
      const angle = (-Math.PI * Math.floor(at / 2)) / half;
      return at % 2 === 0 ? Math.cos(angle) : Math.sin(angle);
    });
    this.#padded = new Float64Array(2 * length);
    this.#spectrum = new Float64Array(2 * length);
    this.#kernel = new Float64Array(2 * length);
    this.#fft.transform(this.#kernel, mirrored(this.#chirp, length));
  }

  compute(): void {
    this.#convolve();
    const half = this.#half;
    const values = this.#padded;
    for (let bin = 0; bin <= half; bin++) {
      const at = 2 * (bin % half);
      const mirroredAt = 2 * ((half - bin) % half);
      const real = values[at] ?? 0;
      const imaginary = values[at + 1] ?? 0;
      const mirroredReal = values[mirroredAt] ?? 0;
      const mirroredImaginary = values[mirroredAt + 1] ?? 0;
      const evenReal = (real + mirroredReal) / 2;
      const evenImaginary = (imaginary - mirroredImaginary) / 2;
      const oddReal = (imaginary + mirroredImaginary) / 2;
      const oddImaginary = (mirroredReal - real) / 2;
      const cosine = this.#turns[2 * bin] ?? 0;
      const sine = this.#turns[2 * bin + 1] ?? 0;
      const sumReal = evenReal + oddReal * cosine - oddImaginary * sine;
      const sumImaginary = evenImaginary + oddImaginary * cosine + oddReal * sine;
      this.powers[bin] = sumReal ** 2 + sumImaginary ** 2;
    }
  }

  #convolve(): void {
    const padded = this.#padded;
    const spectrum = this.#spectrum;
    multiply(padded, this.samples, this.#chirp, this.#half);
    padded.fill(0, 2 * this.#half);
    this.#fft.transform(spectrum, padded);
    multiply(spectrum, spectrum, this.#kernel, spectrum.length / 2);
    this.#fft.inverseTransform(padded, spectrum);
    multiply(padded, padded, this.#chirp, this.#half);
  }
}

function chirpOf(half: number): Float64Array {
  const chirp = new Float64Array(2 * half);
  for (let index = 0; index < half; index++) {
    // n² modulo the period, since large angles lose digits.
    const angle = (Math.PI * ((index * index) % (2 * half))) / half;
    chirp[2 * index] = Math.cos(angle);
    chirp[2 * index + 1] = -Math.sin(angle);
  }
  return chirp;
}

/** The conjugate chirp at its indices and at the negative ones, which lie at the end. */
function mirrored(chirp: Float64Array, length: number): Float64Array {
  const kernel = new Float64Array(2 * length);
  for (let index = 0; index < chirp.length / 2; index++) {
    const real = chirp[2 * index] ?? 0;
    const imaginary = -(chirp[2 * index + 1] ?? 0);
    for (const at of [index, (length - index) % length]) {
      kernel[2 * at] = real;
      kernel[2 * at + 1] = imaginary;
    }
  }
  return kernel;
}

/** Products of so many complex values. */
function multiply(out: Float64Array, left: Float64Array, right: Float64Array, count: number): void {
  for (let at = 0; at < 2 * count; at += 2) {
    const a = left[at] ?? 0;
    const b = left[at + 1] ?? 0;
    const c = right[at] ?? 0;
    const d = right[at + 1] ?? 0;
    out[at] = a * c - b * d;
    out[at + 1] = a * d + b * c;
  }
}
