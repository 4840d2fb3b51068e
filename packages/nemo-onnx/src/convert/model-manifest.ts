import { z } from "zod";
import { precisions } from "../quantization/precision";

/**
 * Incremented when checkpoints convert to other graphs in a precision that existed before, which
 * makes older conversions stale. A new precision does not change it, since conversions are stored
 * per precision.
 */
export const conversionVersion = 4;

const contextFrames = z.int().min(0).max(10_000);

/**
 * `parley.json` of a converted transducer: the facts that its graphs do not contain. Widths, layers
 * and cache sizes can be read from the graphs and are not repeated.
 */
export const modelManifestSchema = z.strictObject({
  format: z.literal(1),
  /** Display name. */
  name: z.string().min(1),
  /** The converted checkpoint; `sha256` in lower-case hexadecimal, null if unknown. */
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
      /** Encoder frames (80 ms each) that the attention cache holds. */
      leftContext: contextFrames.min(1),
      /** Encoder frames of look-ahead that the model was trained for, ascending. */
      rightContexts: z.array(contextFrames).min(1),
    }),
    z.strictObject({ type: z.literal("offline") }),
  ]),
  /** Encoder frames that each duration output of a TDT model stands for; null for RNN-T. */
  durations: z.array(z.int().min(0)).min(1).nullable(),
  /** Precision of the encoder's weights; the other graphs are always fp32. */
  precision: z.enum(precisions),
});
export type ModelManifest = z.infer<typeof modelManifestSchema>;
