import { frameMs, type PitchFrame } from "./pitch-track";

/** How an utterance ended, against the rest of it. */
export type EndingCues = {
  /** Pitch of its end above its middle, semitones. */
  readonly finalPitch: number;
  /** Slope of its last pitch, semitones a second. */
  readonly pitchSlope: number;
  /** Loudness of its end above its middle, dB. */
  readonly finalLevelDb: number;
  /** Length of the last syllable, as a multiple of the others'. */
  readonly lengthening: number;
};

/** Softer than the loudest by more is no speech. */
const speechRangeDb = 25;
/** A dip this deep lies between two syllables. */
const dipDb = 3;
const leastVoicedMs = 300;
const endMs = 120;
const slopeMs = 250;

/** @returns null where too little is voiced to tell */
export function endingCues(frames: readonly PitchFrame[]): EndingCues | null {
  const loudest = Math.max(...frames.map(({ levelDb }) => levelDb));
  const isSpeech = ({ levelDb }: PitchFrame) => levelDb > loudest - speechRangeDb;
  const spoken = frames.slice(0, frames.findLastIndex(isSpeech) + 1).filter(isSpeech);
  const pitches = spoken.flatMap(({ pitch }) => pitch ?? []);
  if (pitches.length * frameMs < leastVoicedMs) return null;
  const middlePitch = median(pitches);
  const levels = spoken.map(({ levelDb }) => levelDb);
  const syllables = syllableLengths(levels);
  return {
    finalPitch: median(pitches.slice(-endMs / frameMs)) - middlePitch,
    pitchSlope: slopeOf(pitches.slice(-slopeMs / frameMs)) * (1_000 / frameMs),
    finalLevelDb: mean(levels.slice(-endMs / frameMs)) - median(levels),
    lengthening: (syllables.at(-1) ?? 0) / median(syllables),
  };
}

/** Frames between dips of loudness. */
function syllableLengths(levels: readonly number[]): number[] {
  const lengths: number[] = [];
  let [start, peak, dip, dipAt] = [0, -Infinity, Infinity, 0];
  for (const [at, level] of levels.entries()) {
    if (level > peak && dip === Infinity) peak = level;
    if (level < dip && level < peak - dipDb) [dip, dipAt] = [level, at];
    if (dip !== Infinity && level > dip + dipDb) {
      lengths.push(dipAt - start);
      [start, peak, dip] = [dipAt, level, Infinity];
    }
  }
  return [...lengths, levels.length - start];
}

function slopeOf(values: readonly number[]): number {
  const [middle, average] = [(values.length - 1) / 2, mean(values)];
  const squares = values.reduce((sum, _, at) => sum + (at - middle) ** 2, 0);
  const products = values.reduce((sum, value, at) => sum + (at - middle) * (value - average), 0);
  return squares === 0 ? 0 : products / squares;
}

function mean(values: readonly number[]): number {
  return values.reduce((sum, value) => sum + value, 0) / Math.max(1, values.length);
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
