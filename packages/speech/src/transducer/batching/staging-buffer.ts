/** Reusable buffer that grows to the largest size asked for. */
export class StagingBuffer {
  #values = new Float32Array(0);

  /** @returns a view of `size` values, not cleared, valid until the next call */
  view(size: number): Float32Array {
    if (this.#values.length < size) this.#values = new Float32Array(size);
    return this.#values.subarray(0, size);
  }
}
