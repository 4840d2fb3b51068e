/** A buffer that grows to what is asked of it and is then used again. */
export class Staging {
  #values = new Float32Array(0);

  /** @returns a view of `size` values with anything in them, valid until the next call */
  view(size: number): Float32Array {
    if (this.#values.length < size) this.#values = new Float32Array(size);
    return this.#values.subarray(0, size);
  }
}
