/**
 * How a converted model's weights are kept, and what it computes with:
 *
 * - `fp32`: as the checkpoint has them;
 * - `fp16`: weights and activations in half precision, for graphics processors;
 * - `int8`: matrices in 8 bit, a scale for every 32 weights; activations are float32, and rounded
 *   to 8 bit within products;
 * - `int8-dynamic`: matrices in 8 bit with a scale per column, activations quantized as they come;
 * - `int4`: as `int8`, with 4 bit.
 */
export const precisions = ["fp32", "fp16", "int8", "int8-dynamic", "int4"] as const;
export type Precision = (typeof precisions)[number];
