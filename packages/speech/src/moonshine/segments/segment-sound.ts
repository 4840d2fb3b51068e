/** Samples in a window of voice activity. */
export const windowSamples = 512;
/** Silero's own threshold: windows from here on hold a voice. */
export const voicedProbability = 0.5;
/** Below this a window is silence; the gap keeps soft syllables inside the speech. */
export const silentProbability = 0.35;
/**
 * Windows of silence that final words are of. With one, two or all of what a room waits for as many
 * words of people were wrong (8, 10 and 9 of 269), of synthetic voices that end in consonants 59, 61
 * and 57 of 405; with any number, the words are the same whenever they are asked for.
 */
const heardSilence = 1;

/**
 * The sound of a segment, which grows window by window, with the probability of speech in each.
 * Views stay as they are while it grows.
 */
export class SegmentSound {
  /** In samples since the last reset of its stream. */
  readonly start: number;
  #samples = new Float32Array(64 * windowSamples);
  readonly #probabilities: number[] = [];

  constructor(start: number) {
    this.start = start;
  }

  /** In samples. */
  get length(): number {
    return this.#probabilities.length * windowSamples;
  }

  get probabilities(): readonly number[] {
    return this.#probabilities;
  }

  /** @param window 16-bit samples */
  push(window: Int16Array, probability: number): void {
    const { length } = this;
    if (length + windowSamples > this.#samples.length) {
      const larger = new Float32Array(2 * this.#samples.length);
      larger.set(this.#samples);
      this.#samples = larger;
    }
    for (let index = 0; index < windowSamples; index++) {
      this.#samples[length + index] = (window[index] ?? 0) / 32_768;
    }
    this.#probabilities.push(probability);
  }

  /** Samples in −1…1 of these windows, all by default. */
  view(fromWindow = 0, toWindow = this.#probabilities.length): Float32Array {
    return this.#samples.subarray(fromWindow * windowSamples, toWindow * windowSamples);
  }

  /** Windows since the last voiced one. */
  get quietWindows(): number {
    return this.#probabilities.length - 1 - lastVoicedOf(this.#probabilities);
  }

  /** Windows that final words are of: of the silence at the end the first ones alone. */
  get heardWindows(): number {
    return heardOf(this.#probabilities);
  }

  /** It has ended, unless its speaker goes on: more silence changes nothing about its words. */
  get isEndHeard(): boolean {
    return silentAtEndOf(this.#probabilities) >= heardSilence;
  }

  /**
   * A copy of these windows with at least `quietWindows` after the last voiced one, all nothing but
   * the first, so that it is the same however much silence has come by now.
   */
  quietlyEnded(fromWindow: number, toWindow: number, quietWindows: number): Float32Array {
    const all = this.#probabilities.slice(fromWindow, toWindow);
    const end = all.slice(0, heardOf(all));
    const quiet = end.length - 1 - lastVoicedOf(end);
    const more = Math.max(0, quietWindows - quiet) * windowSamples;
    const samples = this.view(fromWindow, fromWindow + end.length);
    const ended = new Float32Array(samples.length + more);
    ended.set(samples);
    return ended;
  }

  /** The window where a cut between these two hurts least: the one with the least voice. */
  quietestWindow(from: number, to: number): number {
    let quietest = from;
    for (let index = from; index < to; index++) {
      if ((this.#probabilities[index] ?? 1) < (this.#probabilities[quietest] ?? 1))
        quietest = index;
    }
    return quietest;
  }

  /** Gives its samples up; the probabilities stay. */
  release(): void {
    this.#samples = new Float32Array(0);
  }

  /** Takes the windows from `at` on away, as the beginning of another segment. */
  cutOff(at: number): SegmentSound {
    const rest = new SegmentSound(this.start + at * windowSamples);
    const window = new Int16Array(windowSamples);
    for (let index = at; index < this.#probabilities.length; index++) {
      this.view(index, index + 1).forEach((value, place) => {
        window[place] = Math.round(value * 32_768);
      });
      rest.push(window, this.#probabilities[index] ?? 0);
    }
    this.#probabilities.length = at;
    return rest;
  }
}

function heardOf(probabilities: readonly number[]): number {
  return probabilities.length - Math.max(0, silentAtEndOf(probabilities) - heardSilence);
}

function silentAtEndOf(probabilities: readonly number[]): number {
  const last = probabilities.findLastIndex((probability) => probability >= silentProbability);
  return probabilities.length - 1 - last;
}

/** @returns −1 when none is voiced */
function lastVoicedOf(probabilities: readonly number[]): number {
  return probabilities.findLastIndex((probability) => probability >= voicedProbability);
}
