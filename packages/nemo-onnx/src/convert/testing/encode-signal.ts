import {
  columnsOf,
  firstRows,
  floatTensor,
  int64Tensor,
  transposed,
  type Floats,
  type GraphSession,
} from "../../onnx/testing/graph-session";
import { joinEncoded, planSteps, streamThrough } from "./streaming-run";

/** Encoder frames of look-ahead that all streaming models of these tests were trained with. */
const rightContext = 1;

/**
 * Encoder output [frames, width] of one signal [mels, frames]: chunk by chunk when the graph has
 * caches, else in one run.
 */
export async function encodeSignal(encoder: GraphSession, signal: Floats): Promise<Floats> {
  const frames = signal.dims[1] ?? 0;
  if ("cache_last_channel" in encoder.interface.inputs) {
    const steps = planSteps(rightContext, frames);
    return joinEncoded(await streamThrough(encoder, columnsOf(signal, 0, frames), steps));
  }
  const outputs = await encoder.run({
    audio_signal: floatTensor({ data: signal.data, dims: [1, ...signal.dims] }),
    length: int64Tensor([frames]),
  });
  const { data, dims } = outputs.floats("outputs");
  const [length = 0] = outputs.integers("encoded_lengths");
  return firstRows(transposed({ data, dims: dims.slice(1) }), length);
}

export type Difference = { largest: number; mean: number };

/** Absolute differences of two tensors of equal size. */
export function differenceOf(a: Floats, b: Floats): Difference {
  let largest = 0;
  let sum = 0;
  for (const [index, value] of a.data.entries()) {
    const difference = Math.abs(value - (b.data[index] ?? NaN));
    if (!(difference <= largest)) largest = difference;
    sum += difference;
  }
  return { largest, mean: sum / a.data.length };
}
