import type { Recognition } from "../../contracts/recognizer";
import type { Hypothesis } from "../decoding/decode";
import type { SegmentSound } from "../segments/segment-sound";
import { agreedWords } from "../transcript/agreement";
import { isBelievable } from "../transcript/believable";
import { joinWords, toTokenWords, type TokenWord } from "../transcript/token-words";
import type { SegmentGuess } from "./recognize-segment";

/**
 * A guess may be surer or not: its last word is cut off, and only what two of them agree on is shown.
 * At −0.6, as for final words, the first words came 0.2 s later and changed as often.
 */
const leastOfGuess = -1.2;

/** A segment of a stream, and what has become of it. */
export class HeardSegment {
  readonly sound: SegmentSound;
  /** No sound joins it any more. */
  isEnded = false;
  /** The witness has heard a word of it. */
  isWitnessed = false;
  #settled: Recognition | null = null;
  #peeked: { recognition: Recognition; windows: number } | null = null;
  /** Windows that the latest guess is about. */
  #guessedWindows = 0;
  #draft: readonly number[] = [];
  #words: readonly TokenWord[] = [];
  #shown: readonly TokenWord[] = [];
  #agreed: readonly TokenWord[] = [];

  constructor(sound: SegmentSound) {
    this.sound = sound;
  }

  /** Its final words, once they are known. */
  get settled(): Recognition | null {
    return this.#settled;
  }

  /** Words for the screen: settled, or what the last two guesses agree on. */
  get text(): string {
    return this.#settled?.text ?? joinWords(this.#shown);
  }

  /** Tokens of the latest guess. */
  get draft(): readonly number[] {
    return this.#draft;
  }

  /** Words that the last two guesses agree on and that are as sure as final ones must be. */
  get agreed(): readonly TokenWord[] {
    return this.#agreed;
  }

  /** Windows that no guess is about yet. */
  get newWindows(): number {
    return this.#settled !== null ? 0 : this.sound.probabilities.length - this.#guessedWindows;
  }

  /** Takes a guess at the sound so far. */
  take({ guess, windows }: SegmentGuess): void {
    this.#guessedWindows = windows;
    this.keepAsDraft(guess);
    // What is shown stays while the model is at a loss.
    if (!isBelievable(guess, leastOfGuess)) return;
    const words = toTokenWords(guess.tokens);
    this.#shown = agreedWords(this.#words, words);
    if (isBelievable(guess)) this.#agreed = this.#shown;
    this.#words = words;
  }

  /** Takes its final words; its sound is no longer needed. */
  settle(settled: Recognition): void {
    this.#settled = settled;
    this.sound.release();
  }

  /** What its words were if it ended here; null when that is not known. */
  get peeked(): Recognition | null {
    const isCurrent = this.#peeked?.windows === this.sound.heardWindows;
    return isCurrent ? (this.#peeked?.recognition ?? null) : null;
  }

  /** @param windows that were heard when they were asked for */
  keepPeeked(recognition: Recognition, windows: number): void {
    this.#peeked = { recognition, windows };
  }

  forgetPeeked(): void {
    this.#peeked = null;
  }

  keepAsDraft({ tokens, isTruncated }: Hypothesis): void {
    this.#draft = isTruncated ? [] : tokens.map(({ id }) => id);
  }
}

export function joinTexts(segments: readonly HeardSegment[]): string {
  return joinWords(segments.filter(({ text }) => text !== ""));
}
