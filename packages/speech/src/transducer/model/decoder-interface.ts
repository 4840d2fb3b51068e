import type { ModelOutline } from "@parley/nemo-onnx/onnx/inspect-model";
import type { OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { fixedLength, GraphValues } from "./graph-values";
import type { Mismatches } from "./mismatches";

/** Inputs and outputs of the prediction network's graph. */
export type PredictorInterface = {
  readonly targets: string;
  readonly hasWideTargets: boolean;
  /** Null where an export has no such input. */
  readonly targetLength: { name: string; isWide: boolean } | null;
  readonly hidden: string;
  readonly cell: string;
  readonly nextHidden: string;
  readonly nextCell: string;
  /** Output that feeds a separate joint. */
  readonly predicted: string;
  readonly layers: number | null;
  readonly width: number | null;
  readonly isSingle: boolean;
  /** State whose batch axis alone is fixed, an exporter's mistake; the axis is made free. */
  readonly fixedBatchAxis: { input: string; axis: number; name: string } | null;
};

/** Inputs and outputs of a joint. */
export type JointInterface = {
  readonly encoded: string;
  /** True for [batch, frames, width] instead of [batch, width, frames]. */
  readonly isFrameFirst: boolean;
  /** Encoder width. */
  readonly width: number | null;
  /** True when the graph takes one frame at a time. */
  readonly takesOneFrame: boolean;
  readonly logits: string;
  /** Number of tokens, blank and durations; null where the graph does not fix it. */
  readonly outputs: number | null;
  readonly isSingle: boolean;
};

/** Inputs and outputs of a joint in a graph of its own, which also takes the prediction. */
export type JoinerInterface = JointInterface & {
  readonly predicted: string;
  /** True for a prediction of [batch, 1, width] instead of [batch, width, 1]. */
  readonly isPredictionStepFirst: boolean;
  readonly predictorWidth: number | null;
};

const names = {
  targetLength: ["target_length", "target_length_orig"],
  hidden: ["input_states_1", "states.1", "h_in"],
  cell: ["input_states_2", "onnx::Slice_3", "c_in"],
  nextHidden: ["output_states_1", "states", "h_out"],
  nextCell: ["output_states_2", "c_out"],
  encoded: ["encoder_outputs", "encoder_output"],
  predicted: ["decoder_outputs", "decoder_output"],
  prediction: ["outputs", "decoder_output"],
  logits: ["outputs", "joint_output"],
};

/** @returns null, with the reasons added to `mismatches`, when a required value is missing */
export function readPredictorInterface(
  graph: ModelOutline,
  mismatches: Mismatches,
): PredictorInterface | null {
  const inputs = new GraphValues(graph, "inputs", mismatches);
  const outputs = new GraphValues(graph, "outputs", mismatches);
  const floats = { rank: 3, types: ["float32"] as const };
  const integers = { types: ["int32", "int64"] as const };
  const targets = inputs.require(inputs.find(["targets"]), "targets", integers);
  const length = inputs.find(names.targetLength);
  // Traced names of the states change with the exporter; they are the last inputs and outputs.
  const hidden = inputs.require(inputs.findOrAt(names.hidden, -2), "input_states_1", floats);
  const cell = inputs.require(inputs.findOrAt(names.cell, -1), "input_states_2", floats);
  const nextHidden = outputs.require(outputs.findOrAt(names.nextHidden, -2), "states", floats);
  const nextCell = outputs.require(outputs.findOrAt(names.nextCell, -1), "cell states", floats);
  if (targets === null || hidden === null || cell === null) return null;
  if (nextHidden === null || nextCell === null) return null;

  const layers = fixedLength(hidden, 0);
  const width = fixedLength(hidden, 2);
  mismatches.requireEqual("layers of the two predictor states", layers, fixedLength(cell, 0));
  mismatches.requireEqual("widths of the two predictor states", width, fixedLength(cell, 2));
  const batch = hidden.dims[1];
  const fixedBatchAxis =
    typeof batch === "string" && fixedLength(targets, 0) === null && fixedLength(cell, 1) === 1
      ? { input: cell.name, axis: 1, name: batch }
      : null;
  return {
    targets: targets.name,
    hasWideTargets: targets.elementType === "int64",
    targetLength:
      length === null ? null : { name: length.name, isWide: length.elementType === "int64" },
    hidden: hidden.name,
    cell: cell.name,
    nextHidden: nextHidden.name,
    nextCell: nextCell.name,
    predicted: outputs.findOrAt(names.prediction, 0)?.name ?? "",
    layers,
    width,
    isSingle:
      fixedBatchAxis === null &&
      [fixedLength(targets, 0), fixedLength(hidden, 1), fixedLength(cell, 1)].includes(1),
    fixedBatchAxis,
  };
}

/**
 * @param encoderWidth distinguishes the axes of a graph that fixes all of them
 * @returns null, with the reasons added to `mismatches`, when a required value is missing
 */
export function readJointInterface(
  graph: ModelOutline,
  encoderWidth: number | null,
  mismatches: Mismatches,
): JointInterface | null {
  const inputs = new GraphValues(graph, "inputs", mismatches);
  const outputs = new GraphValues(graph, "outputs", mismatches);
  const floats = { rank: 3, types: ["float32"] as const };
  const encoded = inputs.require(inputs.find(names.encoded), "encoder_outputs", floats);
  const logits = outputs.require(outputs.findOrAt(names.logits, 0), "outputs", {
    types: ["float32"],
  });
  if (encoded === null || logits === null) return null;
  const isFrameFirst = isWidthLast(encoded, encoderWidth);
  return {
    encoded: encoded.name,
    isFrameFirst,
    width: fixedLength(encoded, isFrameFirst ? 2 : 1),
    takesOneFrame: fixedLength(encoded, isFrameFirst ? 1 : 2) === 1,
    logits: logits.name,
    outputs: fixedLength(logits, logits.dims.length - 1),
    isSingle: fixedLength(encoded, 0) === 1,
  };
}

/** `readJointInterface` for a joint in a graph of its own. */
export function readJoinerInterface(
  graph: ModelOutline,
  widths: { encoder: number | null; predictor: number | null },
  mismatches: Mismatches,
): JoinerInterface | null {
  const joint = readJointInterface(graph, widths.encoder, mismatches);
  const inputs = new GraphValues(graph, "inputs", mismatches);
  const predicted = inputs.require(inputs.find(names.predicted), "decoder_outputs", {
    rank: 3,
    types: ["float32"],
  });
  if (joint === null || predicted === null) return null;
  const isPredictionStepFirst = isWidthLast(predicted, widths.predictor);
  return {
    ...joint,
    predicted: predicted.name,
    isPredictionStepFirst,
    predictorWidth: fixedLength(predicted, isPredictionStepFirst ? 2 : 1),
  };
}

/** True when the last of [batch, a, b] is the width. */
function isWidthLast(value: OnnxValue, width: number | null): boolean {
  const [first, second] = [fixedLength(value, 1), fixedLength(value, 2)];
  if (second === null) return false;
  return first === null || (first !== width && second === width) || (first === 1 && second > 1);
}
