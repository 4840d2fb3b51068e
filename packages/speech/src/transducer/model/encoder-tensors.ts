import { AppError } from "@parley/shared/errors";
import { floatTensor, type Tensor } from "../../runtime/tensors";
import type { OnnxOutputs } from "../../runtime/onnx-session";
import type { EncodedFrames } from "./asr-model";
import type { EncoderInterface } from "./encoder-interface";
import { splitFrames, transposeInto } from "./transpose-frames";

/** Features in the graph's layout. @param signal [batch, mels, frames] */
export function signalTensor(
  { isSignalFrameFirst }: EncoderInterface,
  signal: Float32Array,
  [batch, mels, frames]: readonly [batch: number, mels: number, frames: number],
): Tensor {
  if (!isSignalFrameFirst) return floatTensor(signal, [batch, mels, frames]);
  const transposed = new Float32Array(signal.length);
  for (let stream = 0; stream < batch; stream++) {
    const start = stream * mels * frames;
    transposeInto(signal, start, transposed, start, { rows: mels, columns: frames });
  }
  return floatTensor(transposed, [batch, frames, mels]);
}

/**
 * Encoder output, one block per stream.
 *
 * @throws AppError `model-mismatch` when the output has another width
 */
export function encodedFrames(
  { encoded, encodedLength, isEncodedFrameFirst }: EncoderInterface,
  outputs: OnnxOutputs,
  width: number,
): EncodedFrames[] {
  const { dims } = outputs.tensor(encoded);
  const found = dims[isEncodedFrameFirst ? 2 : 1];
  if (found !== width) {
    throw new AppError(
      "model-mismatch",
      `the encoder returned [${dims.join(", ")}] instead of frames of ${width}`,
    );
  }
  return splitFrames(outputs.floats(encoded), outputs.integers(encodedLength), {
    frames: dims[isEncodedFrameFirst ? 1 : 2] ?? 0,
    width,
    isFrameFirst: isEncodedFrameFirst,
  });
}
