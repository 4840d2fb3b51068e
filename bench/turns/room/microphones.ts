import { speechRate } from "@parley/shared/audio/speech-rate";

const frameSamples = 0.02 * speechRate;

/** What the microphones of a room hear: sounds that began at some time, mixed. 16 kHz. */
export class Microphones {
  #sounds: { who: string; at: number; samples: Int16Array }[] = [];

  /** @param atMs on the clock of the room, as `frame` counts */
  begin(who: string, samples: Int16Array, atMs: number): void {
    this.#sounds.push({ who, at: Math.round((atMs * speechRate) / 1_000), samples });
  }

  /** The 20 ms from `atMs` on in somebody's microphone. */
  frame(who: string, atMs: number, echo: Int16Array | null, gain: number): Int16Array {
    const from = Math.round((atMs * speechRate) / 1_000);
    const mixed = new Float64Array(frameSamples);
    for (const sound of this.#sounds) {
      if (sound.who === who) add(mixed, sound.samples, from - sound.at);
    }
    if (echo !== null)
      for (const [at, value] of echo.entries()) mixed[at] = (mixed[at] ?? 0) + gain * value;
    this.#sounds = this.#sounds.filter(({ at, samples }) => at + samples.length > from);
    return Int16Array.from(mixed, (value) =>
      Math.max(-32_768, Math.min(32_767, Math.round(value))),
    );
  }
}

function add(mixed: Float64Array, samples: Int16Array, offset: number): void {
  for (let at = Math.max(0, -offset); at < mixed.length; at++) {
    const value = samples[offset + at];
    if (value === undefined) return;
    mixed[at] = (mixed[at] ?? 0) + value;
  }
}
