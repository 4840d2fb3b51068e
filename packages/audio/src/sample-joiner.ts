/** Little-endian 16-bit samples out of messages that may end in the middle of one. */
export class SampleJoiner {
  /** The first half of a sample whose second half has not come. */
  #odd: number | null = null;

  /** @returns the samples that are whole, as a copy */
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
    // An empty message leaves what was carried.
    if (taken >= 0 && taken < bytes.length) this.#odd = bytes[taken] ?? null;
    return samples;
  }

  /** Forgets half a sample: what comes next begins with a whole one. */
  reset(): void {
    this.#odd = null;
  }
}
