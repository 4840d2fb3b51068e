/** Joins messages to little-endian 16-bit samples; a message may end in the middle of a sample. */
export class SampleJoiner {
  /** The first byte of an incomplete sample. */
  #odd: number | null = null;

  /** @returns the complete samples, as a copy */
  push(bytes: Uint8Array): Int16Array {
    const carried = this.#odd === null ? 0 : 1;
    const samples = new Int16Array((carried + bytes.length) >> 1);
    const joined = new Uint8Array(samples.buffer);
    const taken = joined.length - carried;
    if (joined.length > 0) {
      if (this.#odd !== null) joined[0] = this.#odd;
      joined.set(bytes.subarray(0, taken), carried);
      this.#odd = null;
    }
    // An empty message keeps the carried byte.
    if (taken >= 0 && taken < bytes.length) this.#odd = bytes[taken] ?? null;
    return samples;
  }

  /** Drops an incomplete sample: the next message begins a new one. */
  reset(): void {
    this.#odd = null;
  }
}
