import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import type { Conversion } from "./conversions";
import type { ModelEntry } from "./registry/model-entry";

/** A format that a checkpoint can be converted to. */
export type PrecisionChoice = {
  precision: Precision;
  /** Size of its graphs; null while nothing is known about the checkpoint's. */
  runBytes: number | null;
  isPrepared: boolean;
};

export type PrecisionFacts = {
  /** Null when unknown. */
  checkpointBytes: number | null;
  conversions: readonly Conversion[];
  /** What a name without a precision stands for on this machine. */
  usual: Precision;
};

/**
 * Sizes of graphs in each precision against the checkpoint, as docs/models.md measures them on 0.6 B
 * parameters. Half precision comes last: on a processor it costs memory and gains nothing.
 */
const shares: readonly (readonly [Precision, number])[] = [
  ["fp32", 1],
  ["int8-dynamic", 0.258],
  ["int8", 0.286],
  ["int4", 0.169],
  ["fp16", 0.49],
];

/**
 * The formats to choose from, the usual one first; none for a model that runs as it is.
 */
export function precisionChoices(
  { format }: ModelEntry,
  { checkpointBytes, conversions, usual }: PrecisionFacts,
): PrecisionChoice[] {
  if (format !== "nemo") return [];
  const isUsual = ([precision]: (typeof shares)[number]) => precision === usual;
  const ordered = [...shares.filter(isUsual), ...shares.filter((share) => !isUsual(share))];
  return ordered.map(([precision, share]) => {
    const made = conversions.find((one) => !one.isStale && one.precision === precision);
    const estimate = checkpointBytes === null ? null : Math.round(checkpointBytes * share);
    return { precision, runBytes: made?.bytes ?? estimate, isPrepared: made !== undefined };
  });
}
