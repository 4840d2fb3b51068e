import { BandPowers, frameMs } from "./band-powers";
import { EchoPath, type HeardFrame } from "./echo-path";
import type { PlayedSound } from "./played-sound";
import { speechRate } from "@parley/shared/audio/speech-rate";

/** Frames of the last second. */
const keptFrames = 50;
/** Frames between two looks for the path: 100 ms. */
const framesPerLook = 5;
/** Stamps that differ by more from the sound's own count are a gap in it, less is jitter. */
const gapMs = 100;
/** So many times the power of the expected echo may still be echo: 6 dB. */
const margin = 4;
/** Part of the power above that margin from which on somebody speaks. */
const spokenPart = 0.3;
/** Frames in a row in which somebody speaks over the echo: one may be a slip of the estimate. */
const spokenFrames = 2;
/** Frames for which they are then taken to go on: soft sounds drown in the echo. */
const openFrames = 15;

/**
 * Keeps the agent's own voice out of one member's microphone: sound that is no louder, in any band,
 * than what comes back of what was just played is silence to the recogniser. People who speak over
 * it are heard, with the echo.
 */
export class EchoGate {
  readonly #played: PlayedSound;
  readonly #bands = new BandPowers(speechRate);
  readonly #path: EchoPath;
  #frames: HeardFrame[] = [];
  #sinceLook = 0;
  #nextAtMs = -Infinity;
  #spokenInARow = 0;
  #openFor = 0;

  constructor(played: PlayedSound) {
    this.#played = played;
    this.#path = new EchoPath(played);
  }

  /** What it hears now may be the agent, of whose echo too little is known yet. */
  get isSuspected(): boolean {
    return this.#frames.length > 0 && this.#path.isSuspected;
  }

  /** What it hears is not the agent, as far as is known; false while nothing is. */
  get isClear(): boolean {
    return this.#frames.length > 0 && this.#path.isClear;
  }

  /**
   * @param samples 20 ms, 16 kHz
   * @param stampMs when they reached the tap, Unix time
   *
   * @returns the samples, or silence in place of the agent's own voice
   */
  pass(samples: Int16Array, stampMs: number): Int16Array {
    const atMs = Math.abs(stampMs - this.#nextAtMs) > gapMs ? stampMs : this.#nextAtMs;
    if (atMs !== this.#nextAtMs) this.#frames = [];
    // Slowly, so that jitter does not show and drift does not gather.
    this.#nextAtMs = atMs + frameMs + (stampMs - atMs) / keptFrames;
    if (!this.#played.isRecent(atMs)) {
      this.#frames = [];
      return samples;
    }
    const row = this.#bands.of(samples);
    this.#frames = [...this.#frames, { atMs, row }].slice(-keptFrames);
    if (++this.#sinceLook >= framesPerLook) {
      this.#sinceLook = 0;
      this.#path.learn(this.#frames);
    }
    const expected = this.#path.expect(atMs);
    if (expected === null) return samples;
    const isSpoken = !isEchoAlone(row.powers, expected);
    this.#spokenInARow = isSpoken ? this.#spokenInARow + 1 : 0;
    if (this.#spokenInARow >= spokenFrames) this.#openFor = openFrames;
    else this.#openFor = Math.max(0, this.#openFor - 1);
    return isSpoken || this.#openFor > 0 ? samples : new Int16Array(samples.length);
  }
}

function isEchoAlone(powers: Float64Array, expected: Float64Array): boolean {
  let all = 0;
  let above = 0;
  for (const [band, power] of powers.entries()) {
    all += power;
    above += Math.max(0, power - margin * (expected[band] ?? 0));
  }
  return above <= spokenPart * all;
}
