import { atLevel, toSamples } from "./levels";
import { music } from "./music";
import { pinkNoise, whiteNoise, type Sound } from "./noise";

const sampleRate = 16_000;
/** Ten seconds of each. */
const length = 10 * sampleRate;
const seed = 3;

function overTime(valueAt: (seconds: number) => number): Sound {
  return Float64Array.from({ length }, (_, at) => valueAt(at / sampleRate));
}

function sine(hertz: number): (seconds: number) => number {
  return (seconds) => Math.sin(2 * Math.PI * hertz * seconds);
}

function hum(seconds: number): number {
  return [1, 2, 3, 4, 5, 6, 7].reduce((sum, k) => sum + sine(50 * k)(seconds) / k, 0);
}

function beeps(seconds: number): number {
  return seconds % 1 < 0.2 ? sine(800)(seconds) : 0;
}

function chordWithTremolo(seconds: number): number {
  const chord = [262, 330, 392].reduce((sum, hertz) => sum + sine(hertz)(seconds), 0);
  return chord * (1 + sine(5)(seconds));
}

/** A single sample twice a second. */
function clicks(): Sound {
  return Float64Array.from({ length }, (_, at) => (at % (sampleRate / 2) === 0 ? 16_000 : 0));
}

const noiseLevels = [-70, -50, -40, -30, -20];

/** Sounds without words. Levels are root mean squares in dB of full scale. */
export function nonSpeech(): Record<string, Int16Array> {
  const sounds: Record<string, Sound> = { "digital silence": new Float64Array(length) };
  for (const level of noiseLevels) {
    sounds[`white noise ${level} dB`] = atLevel(whiteNoise(length, seed), level);
    sounds[`pink noise ${level} dB`] = atLevel(pinkNoise(length, seed), level);
  }
  sounds["tone 440 Hz -15 dB"] = atLevel(overTime(sine(440)), -15);
  sounds["tone 1 kHz -33 dB"] = atLevel(overTime(sine(1_000)), -33);
  sounds["hum 50 Hz -28 dB"] = atLevel(overTime(hum), -28);
  sounds["beeps -24 dB"] = atLevel(overTime(beeps), -24);
  sounds.clicks = clicks();
  sounds["chord with tremolo -20 dB"] = atLevel(overTime(chordWithTremolo), -20);
  sounds["music -20 dB"] = atLevel(music(length, seed), -20);
  sounds["music -35 dB"] = atLevel(music(length, seed + 1), -35);
  return Object.fromEntries(
    Object.entries(sounds).map(([name, sound]) => [name, toSamples(sound)]),
  );
}
