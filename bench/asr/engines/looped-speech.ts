/** Speech without an end: a recording over and over, from any place in it. */
export class LoopedSpeech {
  readonly #speech: Int16Array;
  #at: number;

  /** @param start the sample to begin with, so that streams do not all say the same at once */
  constructor(speech: Int16Array, start: number) {
    this.#speech = speech;
    this.#at = start % speech.length;
  }

  take(count: number): Int16Array {
    const samples = new Int16Array(count);
    for (let filled = 0; filled < count;) {
      const piece = this.#speech.subarray(this.#at, this.#at + count - filled);
      samples.set(piece, filled);
      filled += piece.length;
      this.#at = (this.#at + piece.length) % this.#speech.length;
    }
    return samples;
  }
}
