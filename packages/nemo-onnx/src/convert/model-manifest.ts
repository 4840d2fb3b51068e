import { z } from "zod";
import { precisions } from "../quantization/precision";

/**
 * Rises when the same checkpoint would convert to other graphs in any precision that there was
 * before: older conversions are then stale. A new precision alone makes none so; conversions are
 * kept apart by it.
 */
export const conversionVersion = 4;

const contextFrames = z.int().min(0).max(10_000);

/**
 * `parley.json`: what a converted model is, beside its graphs. Whatever the graphs tell themselves
 * (widths, layers, cache sizes) is not said again.
 */
export const modelManifestSchema = z.strictObject({
  format: z.literal(1),
  /** For people. */
  name: z.string().min(1),
  /** The checkpoint that it was made from; `sha256` in lower-case hexadecimal, null if unknown. */
  source: z.strictObject({
    file: z.string().min(1),
    sha256: z
      .string()
      .regex(/^[0-9a-f]{64}$/)
      .nullable(),
  }),
  features: z.strictObject({
    mels: z.int().min(1).max(1_024),
    normalization: z.enum(["none", "per-feature"]),
  }),
  encoder: z.discriminatedUnion("type", [
    z.strictObject({
      type: z.literal("streaming"),
      /** Encoder frames (80 ms each) that the attention cache keeps. */
      leftContext: contextFrames.min(1),
      /** Encoder frames of look-ahead that the model was trained for, ascending. */
      rightContexts: z.array(contextFrames).min(1),
    }),
    z.strictObject({ type: z.literal("offline") }),
  ]),
  /** Encoder frames that each duration output of a TDT model stands for; null for RNN-T. */
  durations: z.array(z.int().min(0)).min(1).nullable(),
  /** Of the encoder's weights; the other graphs are always fp32. */
  precision: z.enum(precisions),
});
export type ModelManifest = z.infer<typeof modelManifestSchema>;
