/** Regroups samples of any block size into frames of exactly `frameSamples`. */
export class FrameSlicer {
  readonly #frame: Int16Array;
  #filled = 0;

  constructor(readonly frameSamples: number) {
    if (frameSamples < 1) throw new TypeError(`frame of ${frameSamples} samples`);
    this.#frame = new Int16Array(frameSamples);
  }

  /** Samples in the unfinished frame. */
  get pending(): number {
    return this.#filled;
  }

  /** @returns the frames completed by these samples, as copies. */
  push(samples: Int16Array): Int16Array[] {
    const frames: Int16Array[] = [];
    let at = 0;
    while (at < samples.length) {
      const taken = Math.min(this.frameSamples - this.#filled, samples.length - at);
      this.#frame.set(samples.subarray(at, at + taken), this.#filled);
      this.#filled += taken;
      at += taken;
      if (this.#filled === this.frameSamples) {
        frames.push(this.#frame.slice());
        this.#filled = 0;
      }
    }
    return frames;
  }

  /** @returns the unfinished frame padded with silence, or null when there is none. */
  flush(): Int16Array | null {
    if (this.#filled === 0) return null;
    const frame = this.#frame.slice();
    frame.fill(0, this.#filled);
    this.#filled = 0;
    return frame;
  }
}
