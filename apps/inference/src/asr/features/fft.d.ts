/** fft.js ships no types: the part of it that is used here. */
declare module "fft.js" {
  export default class FFT {
    /** @param size a power of two above 1 */
    constructor(size: number);
    /**
     * @param out receives `size` complex values, real and imaginary parts in turn; only those up to
     *   half the sample rate are written
     * @param data `size` real values
     */
    realTransform(out: Float64Array, data: Float64Array): void;
  }
}
