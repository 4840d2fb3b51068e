import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import { SegmentSound, silentProbability, voicedProbability, windowSamples } from "./segment-sound";

const windowMs = windowSamples / speechSamplesPerMs;
const windowsOf = (ms: number) => Math.ceil(ms / windowMs);

/** Voiced windows in a row that open a segment: one is a click. */
const openingWindows = 2;
/** Sound before the opening that belongs to it: soft first words lie there, and with less it errs more. */
const preRollWindows = windowsOf(700);
/** From this length on a segment ends at the next pause. */
const longWindows = windowsOf(8_000);
/** A pause within a long segment: longer than the closure of a stop consonant. */
const pauseWindows = windowsOf(128);
/** A segment without any pause is cut here, at the quietest place since it was long. */
const maxWindows = windowsOf(10_000);
/** Silence that ends a segment of any length: a file has minutes of it. */
const endingWindows = windowsOf(800);

type Window = { samples: Int16Array; probability: number };

/** What a window did: the segment in hand, and the one that it ended. */
export type SegmentStep = {
  current: SegmentSound | null;
  ended: SegmentSound | null;
  /** The ended one was cut for its length: the same speech goes on after it. */
  isCutShort: boolean;
};

/**
 * Cuts a stream into segments that the model takes in one piece: from the opening of voice activity
 * to a long silence, or to a pause beyond eight seconds, since the cost of a window grows with it.
 */
export class Segmenter {
  #current: SegmentSound | null = null;
  #recent: Window[] = [];
  #voicedWindows = 0;
  #silentWindows = 0;
  /** Windows so far. */
  #windows = 0;

  /** The segment in hand. */
  get current(): SegmentSound | null {
    return this.#current;
  }

  /** @param window `windowSamples` samples, kept by reference for 450 ms */
  step(window: Int16Array, probability: number): SegmentStep {
    this.#windows++;
    const isVoiced = probability >= voicedProbability;
    this.#voicedWindows = isVoiced ? this.#voicedWindows + 1 : 0;
    this.#recent.push({ samples: window, probability });
    if (this.#recent.length > preRollWindows) this.#recent.shift();
    if (this.#current === null) return this.#wait();
    this.#current.push(window, probability);
    const isSilent = probability < silentProbability || this.#silentWindows > 0;
    this.#silentWindows = !isVoiced && isSilent ? this.#silentWindows + 1 : 0;
    return this.#cut(this.#current);
  }

  #wait(): SegmentStep {
    if (this.#voicedWindows >= openingWindows) {
      const first = this.#windows - this.#recent.length;
      this.#current = new SegmentSound(first * windowSamples);
      for (const { samples, probability } of this.#recent) this.#current.push(samples, probability);
      this.#silentWindows = 0;
    }
    return { current: this.#current, ended: null, isCutShort: false };
  }

  #cut(segment: SegmentSound): SegmentStep {
    const { length } = segment.probabilities;
    const isSilent = this.#silentWindows >= endingWindows;
    if (isSilent || (length >= longWindows && this.#silentWindows >= pauseWindows)) {
      this.#current = null;
      // A soft onset may lie in the silence already, so that both segments have it.
      this.#recent = this.#recent.slice(-this.#silentWindows);
    } else if (length >= maxWindows) {
      this.#current = segment.cutOff(segment.quietestWindow(longWindows, length));
    } else {
      return { current: segment, ended: null, isCutShort: false };
    }
    return { current: this.#current, ended: segment, isCutShort: !isSilent };
  }
}
