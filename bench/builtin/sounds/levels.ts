import type { Sound } from "./noise";

const fullScale = 32_768;
/** Quieter samples are pauses (-50 dBFS). */
const quietest = 0.003 * fullScale;
/** As people speak into a headset: root mean square of the speaking parts in dB of full scale. */
export const headsetLevelDb = -23;

export function toSamples(sound: Sound): Int16Array {
  return Int16Array.from(sound, (value) =>
    Math.max(-fullScale, Math.min(fullScale - 1, Math.round(value))),
  );
}

/** @param level root mean square in dB of full scale */
export function atLevel(sound: Sound, level: number): Sound {
  const gain = (fullScale * 10 ** (level / 20)) / Math.sqrt(power(sound));
  return sound.map((value) => value * gain);
}

/** @param level root mean square of the speaking parts in dB of full scale */
export function atSpokenLevel(speech: Int16Array, level: number): Int16Array {
  const gain = (fullScale * 10 ** (level / 20)) / Math.sqrt(power(spokenParts(speech)));
  return toSamples(Float64Array.from(speech, (value) => value * gain));
}

/** @param ratio of the speaking parts' power to the other sound's, in dB */
export function mixAt(speech: Int16Array, other: Sound, ratio: number): Int16Array {
  const gain = Math.sqrt(power(spokenParts(speech)) / power(other) / 10 ** (ratio / 10));
  return toSamples(Float64Array.from(speech, (value, at) => value + gain * (other[at] ?? 0)));
}

function spokenParts(speech: Int16Array): Int16Array {
  return speech.filter((value) => Math.abs(value) > quietest);
}

function power(values: Int16Array | Sound): number {
  let sum = 0;
  for (const value of values) sum += value * value;
  return sum / Math.max(1, values.length);
}
