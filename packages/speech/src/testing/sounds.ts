import { speechRate } from "@parley/shared/audio/speech-rate";
import { seededRandom, whiteNoise } from "./audio-fixtures";

const seconds = 4;
const length = seconds * speechRate;

/** Sound of a function of time in seconds, which gives −1…1. */
function soundOf(wave: (time: number) => number, level = 6_000): Int16Array {
  return Int16Array.from({ length }, (_, index) => wave(index / speechRate) * level);
}

function sine(hertz: number, time: number): number {
  return Math.sin(2 * Math.PI * hertz * time);
}

/** Noise with less and less power towards the treble: pink (0.9) to brown (0.995). */
function darkNoise(memory: number): Int16Array {
  const random = seededRandom(7);
  let value = 0;
  return Int16Array.from({ length }, () => {
    value = memory * value + (1 - memory) * (2 * random() - 1);
    return value * 20_000;
  });
}

/** A tone with overtones that decays, as a plucked string: four a second, up and down a scale. */
function melody(time: number): number {
  const scale = [262, 294, 330, 349, 392, 440, 494, 523];
  const step = Math.floor(time * 4);
  const hertz = scale[step % 2 === 0 ? step % 8 : 7 - (step % 8)] ?? 262;
  const overtones = [1, 2, 3, 4, 5].reduce((sum, n) => sum + sine(n * hertz, time) / n, 0);
  return 0.4 * overtones * Math.exp(-3 * (time * 4 - step));
}

/** A chord that swells and fades, with vibrato, as an organ. */
function chord(time: number): number {
  const swell = 0.5 + 0.5 * sine(0.4, time);
  const vibrato = 1 + 0.002 * sine(5, time);
  return (swell * [220, 277, 330].reduce((sum, hertz) => sum + sine(hertz * vibrato, time), 0)) / 3;
}

/** Sounds without speech, made to be misheard: noises, machines, music, knocks. 4 s each. */
export function soundsWithoutSpeech(): ReadonlyMap<string, Int16Array> {
  const babyNoise = whiteNoise(length, 3_000, 3);
  return new Map([
    ["digital silence", new Int16Array(length)],
    ["quiet room", whiteNoise(length, 12)],
    ["white noise", whiteNoise(length, 2_000)],
    ["loud white noise", whiteNoise(length, 9_000)],
    ["pink noise", darkNoise(0.9)],
    ["brown noise", darkNoise(0.995)],
    ["mains hum", soundOf((time) => 0.6 * sine(50, time) + 0.3 * sine(150, time))],
    ["a fan", soundOf((time) => 0.3 * sine(120, time) * (1 + 0.2 * sine(8, time)))],
    [
      "noise in the rhythm of syllables",
      babyNoise.map((value, index) => value * Math.max(0, sine(4, index / speechRate))),
    ],
    ["a melody", soundOf(melody)],
    ["an organ", soundOf(chord)],
    ["a whistle that glides", soundOf((time) => sine(600 + 150 * sine(0.7, time), time))],
    ["a siren", soundOf((time) => sine(500 * time + 60 * sine(0.5, time), 1))],
    [
      "ringing",
      soundOf((time) => (time % 1 < 0.4 ? 0.5 * sine(440, time) + 0.5 * sine(480, time) : 0)),
    ],
    ["keys", soundOf((time) => ((time * 5) % 1 < 0.01 ? sine(2_300, time) : 0))],
    ["knocking", soundOf((time) => sine(90, time) * Math.exp(-60 * ((time * 3) % 1)))],
  ]);
}
