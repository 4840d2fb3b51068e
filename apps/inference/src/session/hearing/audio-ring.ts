/** The latest samples of a stream, up to a fixed number. */
export class AudioRing {
  readonly #samples: Int16Array;
  #next = 0;
  #filled = 0;

  constructor(capacity: number) {
    if (capacity < 1) throw new TypeError(`ring of ${capacity} samples`);
    this.#samples = new Int16Array(capacity);
  }

  /** Samples that it holds. */
  get length(): number {
    return this.#filled;
  }

  push(samples: Int16Array): void {
    const capacity = this.#samples.length;
    const kept = samples.length > capacity ? samples.subarray(samples.length - capacity) : samples;
    const untilEnd = Math.min(kept.length, capacity - this.#next);
    this.#samples.set(kept.subarray(0, untilEnd), this.#next);
    this.#samples.set(kept.subarray(untilEnd), 0);
    this.#next = (this.#next + kept.length) % capacity;
    this.#filled = Math.min(capacity, this.#filled + kept.length);
  }

  /** @returns a copy, oldest first */
  copy(): Int16Array {
    const capacity = this.#samples.length;
    const start = (this.#next - this.#filled + capacity) % capacity;
    const copy = new Int16Array(this.#filled);
    const untilEnd = Math.min(this.#filled, capacity - start);
    copy.set(this.#samples.subarray(start, start + untilEnd));
    copy.set(this.#samples.subarray(0, this.#filled - untilEnd), untilEnd);
    return copy;
  }

  /** @returns what `copy` does, and forgets it */
  take(): Int16Array {
    const taken = this.copy();
    this.clear();
    return taken;
  }

  clear(): void {
    this.#next = 0;
    this.#filled = 0;
  }
}
