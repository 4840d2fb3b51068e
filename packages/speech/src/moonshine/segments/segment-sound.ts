/** Samples in a window of voice activity. */
export const windowSamples = 512;
/** Silero's own threshold: windows from here on hold a voice. */
export const voicedProbability = 0.5;
/** Below this a window is silence; the gap keeps soft syllables inside the speech. */
export const silentProbability = 0.35;
/**
 * Windows of silence that final words are of. With one or all of what a room waits for as many words
 * of people were wrong, and words are the same whenever they are asked for.
 */
const heardSilence = 1;
/**
 * Levels up to which a window without a voice is silence: so much over the softest one so far (6 dB),
 * or -66 dB. What is louder may be a voiceless ending, which voice activity does not know: "six".
 */
const silence = { overSoftest: 2, level: 0.0005 };

/**
 * The sound of a segment, which grows window by window, with the probability of speech in each.
 * Views stay as they are while it grows.
 */
export class SegmentSound {
  /** In samples since the last reset of its stream. */
  readonly start: number;
  #samples = new Float32Array(64 * windowSamples);
  readonly #probabilities: number[] = [];
  /** Root mean square of each window, in 0…1. */
  readonly #levels: number[] = [];

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
    let energy = 0;
    for (let index = 0; index < windowSamples; index++) {
      const value = (window[index] ?? 0) / 32_768;
      this.#samples[length + index] = value;
      energy += value * value;
    }
    this.#probabilities.push(probability);
    this.#levels.push(Math.sqrt(energy / windowSamples));
  }

  /** Samples in −1…1 of these windows, all by default. */
  view(fromWindow = 0, toWindow = this.#probabilities.length): Float32Array {
    return this.#samples.subarray(fromWindow * windowSamples, toWindow * windowSamples);
  }

  /** Windows since the last voiced one. */
  get quietWindows(): number {
    const windows = this.#probabilities.length;
    return windows - 1 - this.#lastVoiced(0, windows);
  }

  /** Windows that final words are of: of the silence at the end the first ones alone. */
  get heardWindows(): number {
    return this.#heardOf(0, this.#probabilities.length);
  }

  /** It has ended, unless its speaker goes on: more silence changes nothing about its words. */
  get isEndHeard(): boolean {
    const windows = this.#probabilities.length;
    return this.#silenceFrom(0, windows) + heardSilence <= windows;
  }

  /**
   * A copy of these windows with at least `quietWindows` after the last voiced one, all nothing but
   * the first, so that it is the same however much silence has come by now.
   */
  quietlyEnded(fromWindow: number, toWindow: number, quietWindows: number): Float32Array {
    const heardTo = this.#heardOf(fromWindow, toWindow);
    const quiet = heardTo - 1 - this.#lastVoiced(fromWindow, heardTo);
    const more = Math.max(0, quietWindows - quiet) * windowSamples;
    const samples = this.view(fromWindow, heardTo);
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
    this.#levels.length = at;
    return rest;
  }

  #heardOf(from: number, to: number): number {
    return Math.min(to, this.#silenceFrom(from, to) + heardSilence);
  }

  /** The window from which on these are silent; `to` where the last one is not, or none is voiced. */
  #silenceFrom(from: number, to: number): number {
    const voiced = this.#lastVoiced(from, to);
    if (voiced < from) return to;
    // What comes after the voice does not count, or a softer end would make a loud one of the first.
    const softest = Math.min(...this.#levels.slice(from, voiced + 1));
    const level = Math.max(silence.level, silence.overSoftest * softest);
    const isSilent = (window: number) =>
      (this.#probabilities[window] ?? 1) < silentProbability &&
      (this.#levels[window] ?? 1) <= level;
    let at = to;
    while (at > from && isSilent(at - 1)) at--;
    return at;
  }

  /** @returns the window before `from` when none is voiced */
  #lastVoiced(from: number, to: number): number {
    let at = to - 1;
    while (at >= from && (this.#probabilities[at] ?? 0) < voicedProbability) at--;
    return at;
  }
}
