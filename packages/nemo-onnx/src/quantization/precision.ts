/**
 * Precision of a converted model's weights and computation:
 *
 * - `fp32`: float32, as in the checkpoint;
 * - `fp16`: weights and activations in half precision, for GPUs;
 * - `int8`: matrices in 8 bit with a scale for every 32 weights; activations are float32 and
 *   rounded to 8 bit within products;
 * - `int8-dynamic`: matrices in 8 bit with a scale per column, activations quantized at run time;
 * - `int4`: like `int8`, with 4 bit.
 */
export const precisions = ["fp32", "fp16", "int8", "int8-dynamic", "int4"] as const;
export type Precision = (typeof precisions)[number];
