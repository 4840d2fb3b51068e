import { speechRate } from "@parley/shared/audio/speech-rate";
import { atLevel, toSamples } from "../../builtin/sounds/levels";
import { music } from "../../builtin/sounds/music";
import { pinkNoise, whiteNoise, type Sound } from "../../builtin/sounds/noise";

export const noiseNames = [
  ...(["cough", "knock", "typing", "music", "breathing", "siren", "laughter", "bark"] as const),
  ...(["hum of two", "hum of one"] as const),
] as const;
/** Sounds without words; hums are backchannels. */
export type NoiseName = (typeof noiseNames)[number];

/** As loud as speech: root mean square in dB of full scale. */
const levelDb = -26;
const seed = 11;

/** The sound, generated; the same each time. 16 kHz. */
export function noise(name: NoiseName): Int16Array {
  return toSamples(atLevel(sounds[name](), levelDb));
}

const sounds: Readonly<Record<NoiseName, () => Sound>> = {
  cough: () => pattern(0.75, (at) => burst(at, 0, 0.12) + 0.7 * burst(at, 0.36, 0.15), hiss(0.75)),
  knock: () =>
    pattern(
      0.8,
      (at) => [0, 0.28, 0.56].reduce((sum, k) => sum + burst(at, k, 0.03), 0),
      tone(0.8, 190),
    ),
  typing: () => pattern(2.4, (at) => burst(at % 0.16, 0, 0.006), hiss(2.4)),
  music: () => music(4 * speechRate, seed),
  breathing: () => pattern(1.1, (at) => Math.sin((Math.PI * at) / 1.1) ** 2, hiss(1.1)),
  siren: () => glide(3.5, (at) => 800 + 300 * Math.sin(2 * Math.PI * 0.5 * at)),
  laughter: () =>
    pattern(
      0.95,
      (at) => burst(at % 0.19, 0.02, 0.05),
      voiced(0.95, () => 210),
    ),
  bark: () =>
    pattern(
      0.7,
      (at) => burst(at, 0, 0.08) + burst(at, 0.4, 0.08),
      voiced(0.7, (at) => 420 - 200 * (at % 0.4)),
    ),
  "hum of two": () =>
    pattern(
      0.55,
      (at) => (at > 0.18 && at < 0.24 ? 0 : 1),
      voiced(0.55, (at) => (at < 0.2 ? 130 : 165)),
    ),
  "hum of one": () =>
    pattern(
      0.45,
      (at) => Math.sin((Math.PI * at) / 0.45),
      voiced(0.45, () => 118),
    ),
};

function overTime(seconds: number, valueAt: (seconds: number) => number): Sound {
  const length = Math.round(seconds * speechRate);
  return Float64Array.from({ length }, (_, at) => valueAt(at / speechRate));
}

/** A sound whose loudness follows a course. */
function pattern(seconds: number, loudness: (seconds: number) => number, sound: Sound): Sound {
  return overTime(seconds, loudness).map((value, at) => value * (sound[at] ?? 0));
}

/** Begins at once, and dies away within a few times `decay` seconds. */
function burst(at: number, start: number, decay: number): number {
  return at < start ? 0 : Math.min(1, (at - start) / 0.004) * Math.exp((start - at) / decay);
}

function hiss(seconds: number): Sound {
  const samples = Math.round(seconds * speechRate);
  const dull = pinkNoise(samples, seed);
  return whiteNoise(samples, seed).map((value, at) => 0.3 * value + (dull[at] ?? 0));
}

function tone(seconds: number, hertz: number): Sound {
  return overTime(seconds, (at) => Math.sin(2 * Math.PI * hertz * at));
}

function glide(seconds: number, hertzAt: (seconds: number) => number): Sound {
  let phase = 0;
  return overTime(seconds, (at) => {
    phase += (2 * Math.PI * hertzAt(at)) / speechRate;
    return Math.sin(phase);
  });
}

/** A nasal voice: harmonics that fall off fast. */
function voiced(seconds: number, hertzAt: (seconds: number) => number): Sound {
  let phase = 0;
  return overTime(seconds, (at) => {
    phase += (2 * Math.PI * hertzAt(at)) / speechRate;
    return [1, 2, 3, 4, 5, 6].reduce((sum, k) => sum + Math.sin(k * phase) / k ** 1.5, 0);
  });
}
