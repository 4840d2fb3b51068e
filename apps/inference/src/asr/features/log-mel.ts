import FFT from "fft.js";
import { melFilterbank } from "./mel-filterbank";

/** Samples per window: 25 ms at 16 kHz. */
export const windowSamples = 400;
/** Samples from one frame to the next: 10 ms. */
export const hopSamples = 160;

const fftSize = 512;
const bins = fftSize / 2 + 1;
/** NeMo's `log_zero_guard_value`. */
const logGuard = 2 ** -24;
/** What digital silence comes to in every mel bin: −16.6355. */
export const silentLogMel = Math.fround(Math.log(logGuard));

/** A row of the filterbank without the zeros around its triangle. */
type Filter = { firstBin: number; weights: Float32Array };

/**
 * One frame's arithmetic of NeMo's `AudioToMelSpectrogramPreprocessor` with `normalize: NA`: window,
 * power spectrum, mel filters, logarithm. Holds tables only, so one serves every stream.
 */
export class LogMel {
  readonly mels: number;
  readonly #window: Float64Array;
  readonly #filters: readonly Filter[];
  readonly #fft = new FFT(fftSize);
  readonly #input = new Float64Array(fftSize);
  readonly #spectrum = new Float64Array(2 * fftSize);
  readonly #power = new Float64Array(bins);

  /**
   * @param mels filters to use
   * @param filterbank [mels, 257] of a checkpoint (`preprocessor.featurizer.fb`); computed if absent
   */
  constructor(mels: number, filterbank?: Float32Array) {
    const bank = filterbank ?? melFilterbank({ mels, sampleRate: 16_000, fftSize });
    if (bank.length !== mels * bins) {
      throw new TypeError(`filterbank of ${bank.length} values for ${mels} mels`);
    }
    this.mels = mels;
    this.#filters = Array.from({ length: mels }, (_, mel) =>
      withoutZeros(bank.subarray(mel * bins, (mel + 1) * bins)),
    );
    // Symmetric Hann (torch.hann_window with periodic=False): the cosine's period is one less.
    this.#window = Float64Array.from(
      { length: windowSamples },
      (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (windowSamples - 1)),
    );
  }

  /**
   * @param samples pre-emphasised; the frame is the 400 from `at` on
   * @param frame receives the log-mels, `mels` values
   */
  compute(samples: Float32Array, at: number, frame: Float32Array): void {
    // The window stands in the middle of the transform; only the phase would tell.
    const margin = (fftSize - windowSamples) / 2;
    for (let index = 0; index < windowSamples; index++) {
      this.#input[margin + index] = (samples[at + index] ?? 0) * (this.#window[index] ?? 0);
    }
    this.#fft.realTransform(this.#spectrum, this.#input);
    for (let bin = 0; bin < bins; bin++) {
      const real = this.#spectrum[2 * bin] ?? 0;
      const imaginary = this.#spectrum[2 * bin + 1] ?? 0;
      this.#power[bin] = real * real + imaginary * imaginary;
    }
    this.#filters.forEach(({ firstBin, weights }, mel) => {
      let energy = 0;
      for (let index = 0; index < weights.length; index++) {
        energy += (weights[index] ?? 0) * (this.#power[firstBin + index] ?? 0);
      }
      frame[mel] = Math.log(energy + logGuard);
    });
  }
}

function withoutZeros(row: Float32Array): Filter {
  const firstBin = Math.max(
    0,
    row.findIndex((weight) => weight !== 0),
  );
  const lastBin = row.findLastIndex((weight) => weight !== 0);
  return { firstBin, weights: row.slice(firstBin, lastBin + 1) };
}
