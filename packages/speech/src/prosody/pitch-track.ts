import { speechRate } from "@parley/shared/audio/speech-rate";

/** Interval between frames. */
export const frameMs = 10;

/** Pitch is sought in sound of 4 kHz: its harmonics up to 2 kHz tell enough. */
const decimation = 4;
const rate = speechRate / decimation;
const hop = (rate * frameMs) / 1_000;
/** Two periods of the deepest voice. */
const windowLength = 0.04 * rate;
const shortestLag = Math.floor(rate / 400);
const longestLag = Math.ceil(rate / 65);
/** Of its energy, a voiced frame repeats at least that share after a period. */
const voicedCorrelation = 0.6;
/** Twice the period correlates as well: the shorter one is taken unless the longer is better by this. */
const octaveMargin = 0.03;

/** 10 ms of sound. */
export type PitchFrame = {
  /** Loudness, dB of full scale. */
  readonly levelDb: number;
  /** Semitones above 55 Hz; null for what is not voiced. */
  readonly pitch: number | null;
};

/** Loudness and pitch every 10 ms, by autocorrelation. @param sound 16 kHz */
export function pitchTrack(sound: Int16Array): PitchFrame[] {
  const slow = decimated(sound);
  const frames: PitchFrame[] = [];
  for (let at = 0; at + windowLength + longestLag <= slow.length; at += hop) {
    frames.push(frameAt(slow, at));
  }
  return frames;
}

function decimated(sound: Int16Array): Float64Array {
  return Float64Array.from({ length: Math.floor(sound.length / decimation) }, (_, index) => {
    const four = sound.subarray(index * decimation, (index + 1) * decimation);
    return four.reduce((sum, sample) => sum + sample, 0) / (decimation * 32_768);
  });
}

function frameAt(slow: Float64Array, at: number): PitchFrame {
  const power = dot(slow, at, at);
  const levelDb = 10 * Math.log10(power / windowLength + 1e-10);
  const correlations: number[] = [];
  let energy = dot(slow, at + shortestLag - 1, at + shortestLag - 1);
  for (let lag = shortestLag; lag <= longestLag; lag++) {
    const [leaving, entering] = [slow[at + lag - 1] ?? 0, slow[at + lag - 1 + windowLength] ?? 0];
    energy += entering ** 2 - leaving ** 2;
    correlations.push(dot(slow, at, at + lag) / (Math.sqrt(power * Math.max(energy, 0)) + 1e-9));
  }
  return { levelDb, pitch: pitchOf(correlations) };
}

function pitchOf(correlations: readonly number[]): number | null {
  const best = Math.max(...correlations);
  if (best < voicedCorrelation) return null;
  // Noise correlates at short lags as well, but has no peak there.
  const index = correlations.findIndex(
    (value, at) =>
      value >= best - octaveMargin &&
      value >= (correlations[at - 1] ?? Infinity) &&
      value >= (correlations[at + 1] ?? Infinity),
  );
  if (index < 0) return null;
  const [before = 0, peak = 0, after = 0] = [-1, 0, 1].map(
    (offset) => correlations[index + offset] ?? correlations[index] ?? 0,
  );
  const curvature = before - 2 * peak + after;
  const shift = curvature < 0 ? (before - after) / (2 * curvature) : 0;
  return 12 * Math.log2(rate / (shortestLag + index + shift) / 55);
}

function dot(slow: Float64Array, left: number, right: number): number {
  let sum = 0;
  for (let at = 0; at < windowLength; at++) {
    sum += (slow[left + at] ?? 0) * (slow[right + at] ?? 0);
  }
  return sum;
}
