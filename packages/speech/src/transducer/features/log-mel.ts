import { speechRate } from "@parley/shared/audio/speech-rate";
import type { FeatureSettings } from "./feature-settings";
import { melFilterbank } from "../../spectrum/mel-filterbank";
import { fftSize, PowerSpectrum, spectrumBins } from "./power-spectrum";

/** Samples per window: 25 ms at 16 kHz. */
export const windowSamples = 400;

/** NeMo's `log_zero_guard_value`. */
const logGuard = 2 ** -24;
/** Log-mel of digital silence, in every bin: −16.6355. */
export const silentLogMel = Math.fround(Math.log(logGuard));
/** Zeros on either side of the window in the transform: they change the phase only. */
const margin = (fftSize - windowSamples) / 2;

/** Rows of a filterbank without the zeros around their triangles. */
type Filters = {
  /** First bin of each mel's triangle. */
  firstBins: Int32Array;
  /** Index of each mel's first weight in `weights`, and last the length of `weights`. */
  starts: Int32Array;
  weights: Float64Array;
};

/**
 * Log-mel of one frame as in NeMo's `AudioToMelSpectrogramPreprocessor`: window, power spectrum,
 * mel filters, logarithm. Stateless from frame to frame, so one instance serves every stream.
 */
export class LogMel {
  readonly mels: number;
  /** Applied by `normalizePerFeature`, which needs all the frames. */
  readonly normalization: FeatureSettings["normalization"];
  readonly #window: Float64Array;
  readonly #filters: Filters;
  readonly #spectrum = new PowerSpectrum();

  /** @throws TypeError when the filterbank or the window has the wrong size */
  constructor({ mels, normalization, filterbank, window }: FeatureSettings) {
    const bank = filterbank ?? melFilterbank({ mels, sampleRate: speechRate, fftSize });
    if (bank.length !== mels * spectrumBins) {
      throw new TypeError(`filterbank of ${bank.length} values for ${mels} mels`);
    }
    if (window !== null && window.length !== windowSamples) {
      throw new TypeError(`window of ${window.length} samples instead of ${windowSamples}`);
    }
    this.mels = mels;
    this.normalization = normalization;
    this.#filters = withoutZeros(bank, mels);
    this.#window = window === null ? hannWindow() : Float64Array.from(window);
  }

  /**
   * @param samples pre-emphasised; the frame is the 400 samples from index `at`
   * @param frames receives `mels` values from index `frameAt`
   */
  compute(samples: Float32Array, at: number, frames: Float32Array, frameAt: number): void {
    const { samples: input, powers } = this.#spectrum;
    const window = this.#window;
    for (let index = 0; index < windowSamples; index++) {
      input[margin + index] = (samples[at + index] ?? 0) * (window[index] ?? 0);
    }
    this.#spectrum.compute();
    const { firstBins, starts, weights } = this.#filters;
    for (let mel = 0; mel < this.mels; mel++) {
      let bin = firstBins[mel] ?? 0;
      let energy = 0;
      const end = starts[mel + 1] ?? 0;
      for (let index = starts[mel] ?? 0; index < end; index++) {
        energy += (weights[index] ?? 0) * (powers[bin++] ?? 0);
      }
      frames[frameAt + mel] = Math.log(energy + logGuard);
    }
  }
}

/** Symmetric Hann window (torch.hann_window, periodic=False): the period is one sample less. */
function hannWindow(): Float64Array {
  return Float64Array.from(
    { length: windowSamples },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / (windowSamples - 1)),
  );
}

function withoutZeros(bank: Float32Array, mels: number): Filters {
  const firstBins = new Int32Array(mels);
  const starts = new Int32Array(mels + 1);
  const weights: number[] = [];
  for (let mel = 0; mel < mels; mel++) {
    const row = bank.subarray(mel * spectrumBins, (mel + 1) * spectrumBins);
    const firstBin = Math.max(
      0,
      row.findIndex((weight) => weight !== 0),
    );
    firstBins[mel] = firstBin;
    weights.push(...row.subarray(firstBin, row.findLastIndex((weight) => weight !== 0) + 1));
    starts[mel + 1] = weights.length;
  }
  return { firstBins, starts, weights: Float64Array.from(weights) };
}
