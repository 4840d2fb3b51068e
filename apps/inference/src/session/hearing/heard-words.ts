import type { HeardEnding } from "@parley/speech/contracts/recognizer";
import { normalizedWords } from "@parley/speech/transcripts/normalized-words";

/** Words of a turn: those of the recogniser's stream, and those that were read ahead of it. */
export class HeardWords {
  #stream = "";
  #early = "";
  #areWordsComing = false;
  /** Sign of the recogniser's own that the words so far are an end; null without one. */
  ending: HeardEnding["type"] | null = null;

  /** The stream has written. */
  written(text: string, areWordsComing: boolean): void {
    this.#stream = text;
    this.#areWordsComing = areWordsComing;
    this.ending = null;
  }

  /** A copy of the stream was read to its end. */
  readAhead(text: string): void {
    this.#early = text;
  }

  /** What the stream has not written yet may be known from a copy. */
  get text(): string {
    const isAhead = normalizedWords(this.#early).length > normalizedWords(this.#stream).length;
    const isLonger = isAhead || (this.#stream !== "" && this.#early.startsWith(this.#stream));
    return isLonger ? this.#early : this.#stream;
  }

  get areWordsComing(): boolean {
    return this.#areWordsComing || this.text !== "";
  }
}
