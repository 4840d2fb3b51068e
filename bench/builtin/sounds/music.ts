import { seededRandom } from "@parley/speech/testing/audio-fixtures";
import type { Sound } from "./noise";

const sampleRate = 16_000;
const eighth = sampleRate / 4;
/** Semitones above A2 (110 Hz) of a progression in A minor, F, C and G major. */
const chords = [
  [0, 3, 7],
  [-4, 0, 3],
  [3, 7, 10],
  [-2, 2, 5],
];
/** Partials, each weaker than the one below. */
const partials = [1, 2, 3, 4, 5, 6];

/** Plucked arpeggios over a bass, and a drum on every other beat; 120 beats a minute. */
export function music(samples: number, seed: number): Sound {
  const random = seededRandom(seed);
  const sound = new Float64Array(samples);
  const firstChord = Math.floor(random() * chords.length);
  for (let start = 0, place = 0; start < samples; start += eighth, place++) {
    const chord = chords[(firstChord + Math.floor(place / 8)) % chords.length] ?? [];
    const note = chord[Math.floor(random() * chord.length)] ?? 0;
    pluck(sound, start, 440 * 2 ** (note / 12), 0.5);
    if (place % 4 === 0) pluck(sound, start, 110 * 2 ** ((chord[0] ?? 0) / 12), 1);
    if (place % 4 === 2) strike(sound, start, random);
  }
  return sound;
}

/** A string: partials that die away, the higher the sooner. */
function pluck(sound: Sound, start: number, hertz: number, loudness: number): void {
  const end = Math.min(sound.length, start + 4 * eighth);
  for (const partial of partials) {
    const radians = (2 * Math.PI * hertz * partial) / sampleRate;
    const decay = (2 + partial) / sampleRate;
    for (let at = start; at < end; at++) {
      const elapsed = at - start;
      const level = (loudness / partial) * Math.exp(-decay * elapsed);
      sound[at] = (sound[at] ?? 0) + level * Math.sin(radians * elapsed);
    }
  }
}

/** A snare: noise that is over in a tenth of a second. */
function strike(sound: Sound, start: number, random: () => number): void {
  const end = Math.min(sound.length, start + sampleRate / 10);
  for (let at = start; at < end; at++) {
    const level = 0.6 * Math.exp((-50 * (at - start)) / sampleRate);
    sound[at] = (sound[at] ?? 0) + level * (2 * random() - 1);
  }
}
