/** Sound since the last reset, newest kept, for a recogniser that has to hear it once more. */
export class HeardAudio {
  readonly #maxSamples: number;
  #pieces: Int16Array[] = [];
  #samples = 0;

  /** @param maxSamples beyond these the oldest pieces are given up; 0 keeps nothing */
  constructor(maxSamples: number) {
    this.#maxSamples = maxSamples;
  }

  /** The pieces in order. */
  get pieces(): readonly Int16Array[] {
    return this.#pieces;
  }

  /** @param piece kept by reference */
  add(piece: Int16Array): void {
    this.#pieces.push(piece);
    this.#samples += piece.length;
    while (this.#samples > this.#maxSamples) this.#samples -= this.#pieces.shift()?.length ?? 0;
  }

  clear(): void {
    this.#pieces = [];
    this.#samples = 0;
  }
}
