import { speechRate } from "@parley/shared/audio/speech-rate";
import { exactMelFilterbank } from "../spectrum/mel-filterbank";
import { ChirpSpectrum } from "./chirp-spectrum";
import { float32Statistics } from "./float32-statistics";

/** Mel bands. */
export const featureMels = 80;
/** Frames of 10 ms. */
export const featureFrames = 800;
/** Sound that the model sees: 8 s. */
export const featureSamples = 8 * speechRate;

const windowSamples = 400;
const hopSamples = 160;
/** Samples that are reflected at both ends: frames lie around their middles. */
const margin = windowSamples / 2;
const spectrumBins = windowSamples / 2 + 1;

/** Added to the variance, so that silence can be divided. */
const varianceGuard = 1e-7;
const quietestPower = 1e-10;
/** What is softer than the loudest by more decades is levelled out. */
const decades = 8;

/**
 * Log-mel features as Smart Turn v3 was trained with: Whisper's, over a window of 8 s. Sound that is
 * shorter has silence before it, since the model looks at the end.
 */
export class SmartTurnFeatures {
  readonly #spectrum = new ChirpSpectrum(windowSamples);
  readonly #window = hannWindow();
  readonly #filters = filtersOf();
  /** The sound, normalised, with its reflections. */
  readonly #sound = new Float32Array(featureSamples + 2 * margin);

  /**
   * @param samples 16 kHz, ending now; of more than 8 s the last count
   * @returns [80, 800], band by band
   */
  of(samples: Int16Array): Float32Array<ArrayBuffer> {
    const silentSamples = this.#place(samples.subarray(-featureSamples));
    const features = new Float64Array(featureMels * featureFrames);
    // Frames of the silence before the sound are all alike.
    const silentFrames = Math.max(0, Math.floor((silentSamples - margin) / hopSamples));
    for (let frame = Math.max(0, silentFrames - 1); frame < featureFrames; frame++) {
      this.#computeFrame(frame, features);
    }
    for (let mel = 0; mel < featureMels && silentFrames > 1; mel++) {
      const from = mel * featureFrames;
      const silent = features[from + silentFrames - 1] ?? 0;
      features.fill(silent, from, from + silentFrames - 1);
    }
    return levelled(features);
  }

  /** Normalises and reflects. @returns the length of the silence before the sound */
  #place(samples: Int16Array): number {
    const sound = this.#sound.subarray(margin, margin + featureSamples);
    const silentSamples = featureSamples - samples.length;
    sound.fill(0, 0, silentSamples);
    for (const [at, sample] of samples.entries()) sound[silentSamples + at] = sample / 32_768;
    const { mean, variance } = float32Statistics(sound);
    const deviation = Math.fround(Math.sqrt(Math.fround(variance + varianceGuard)));
    for (const [at, value] of sound.entries()) sound[at] = Math.fround(value - mean) / deviation;
    for (let distance = 1; distance <= margin; distance++) {
      this.#sound[margin - distance] = sound[distance] ?? 0;
      this.#sound[margin + featureSamples - 1 + distance] =
        sound[featureSamples - 1 - distance] ?? 0;
    }
    return silentSamples;
  }

  #computeFrame(frame: number, features: Float64Array): void {
    const { samples, powers } = this.#spectrum;
    const from = frame * hopSamples;
    for (let at = 0; at < windowSamples; at++) {
      samples[at] = (this.#sound[from + at] ?? 0) * (this.#window[at] ?? 0);
    }
    this.#spectrum.compute();
    let at = frame;
    for (const { firstBin, weights } of this.#filters) {
      let power = 0;
      for (let index = 0; index < weights.length; index++) {
        power += (weights[index] ?? 0) * (powers[firstBin + index] ?? 0);
      }
      features[at] = Math.log10(Math.max(quietestPower, power));
      at += featureFrames;
    }
  }
}

function levelled(features: Float64Array): Float32Array<ArrayBuffer> {
  const loudest = features.reduce((most, value) => Math.max(most, value), -Infinity);
  return Float32Array.from(features, (value) => (Math.max(value, loudest - decades) + 4) / 4);
}

/** Periodic: its period is the window's length. */
function hannWindow(): Float64Array {
  return Float64Array.from(
    { length: windowSamples },
    (_, index) => 0.5 - 0.5 * Math.cos((2 * Math.PI * index) / windowSamples),
  );
}

/** Triangles without the zeros around them. */
function filtersOf(): readonly { firstBin: number; weights: Float64Array }[] {
  const shape = { mels: featureMels, sampleRate: speechRate, fftSize: windowSamples };
  const bank = exactMelFilterbank(shape);
  return Array.from({ length: featureMels }, (_, mel) => {
    const row = bank.subarray(mel * spectrumBins, (mel + 1) * spectrumBins);
    const firstBin = Math.max(
      0,
      row.findIndex((weight) => weight !== 0),
    );
    const end = row.findLastIndex((weight) => weight !== 0) + 1;
    return { firstBin, weights: row.slice(firstBin, end) };
  });
}
