import { int32Tensor, int64Tensor, floatTensor, type Tensor } from "../../runtime/tensors";
import type { OnnxOutputs } from "../../runtime/onnx-session";
import type { DecoderStep } from "./asr-model";
import type { PredictorInterface } from "./decoder-interface";

/** Inputs of the prediction network: one token per stream, and the states before it. */
export function predictorFeeds(
  graph: PredictorInterface,
  { layers, width }: { layers: number; width: number },
  { batch, lastTokens, hidden, cell }: DecoderStep,
): Record<string, Tensor> {
  const integers = (isWide: boolean, values: readonly number[], shape: readonly number[]) =>
    isWide ? int64Tensor(values, shape) : int32Tensor(values, shape);
  const states = [layers, batch, width];
  const feeds: Record<string, Tensor> = {
    [graph.targets]: integers(graph.hasWideTargets, Array.from(lastTokens), [batch, 1]),
    [graph.hidden]: floatTensor(hidden, states),
    [graph.cell]: floatTensor(cell, states),
  };
  const { targetLength } = graph;
  if (targetLength !== null) {
    const ones = new Array<number>(batch).fill(1);
    feeds[targetLength.name] = integers(targetLength.isWide, ones, [batch]);
  }
  return feeds;
}

/** States of the LSTM after the token. */
export function nextStates(
  graph: PredictorInterface,
  outputs: OnnxOutputs,
): { hidden: Float32Array; cell: Float32Array } {
  return { hidden: outputs.floats(graph.nextHidden), cell: outputs.floats(graph.nextCell) };
}
