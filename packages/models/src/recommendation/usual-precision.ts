import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { defaultPrecision } from "../read-precision";
import type { ModelKind } from "../registry/model-entry";

/**
 * Cores on which a voice in full precision keeps up with speech, with a core left for the ear. Magpie
 * takes 1.6 processor seconds for each second of speech, in 8 bit 1.0 (docs/models.md).
 */
const fullPrecisionCores = 4;

/**
 * The precision of a checkpoint whose name says none: that in which a card computes, else the full one,
 * but for voices on few cores, which would halt in it.
 *
 * @param cardPrecision null where the model computes on the processor
 */
export function usualPrecision(
  kind: ModelKind,
  { cores, cardPrecision }: { cores: number; cardPrecision: Precision | null },
): Precision {
  if (cardPrecision !== null) return cardPrecision;
  return kind === "synthesizer" && cores < fullPrecisionCores ? "int8" : defaultPrecision;
}
