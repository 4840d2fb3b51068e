/** The part of fft.js that is used here: the package ships no types. */
declare module "fft.js" {
  export default class FFT {
    /** @param size a power of two above 1 */
    constructor(size: number);
    /**
     * @param out receives `size` complex values, real and imaginary parts in turn
     * @param data `size` complex values likewise
     */
    transform(out: Float64Array, data: Float64Array): void;
    /** The inverse of `transform`, divided by `size`. */
    inverseTransform(out: Float64Array, data: Float64Array): void;
  }
}
