import { AppError } from "@parley/shared/errors";
import type { DecoderShape } from "../model/asr-model";
import type { TransducerState } from "./transducer-state";

const version = 1;
/** "TDS" and the version, last token, skip, boosting node, layers, width: 32 bits each. */
const headerBytes = 24;
const signature = 0x54_44_53_00 | version;

/**
 * Writes a state down, for keeping or for another machine with the same model; little-endian.
 *
 * @param shape of the model that made it
 * @throws TypeError when the state has another shape
 */
export function serializeTransducerState(
  { lastToken, skip, boostingNode, hidden, cell }: TransducerState,
  { predictorLayers, predictorWidth }: DecoderShape,
): Uint8Array {
  const size = predictorLayers * predictorWidth;
  if (hidden.length !== size || cell.length !== size) {
    throw new TypeError(`${hidden.length} and ${cell.length} values of state, not ${size}`);
  }
  const view = new DataView(new ArrayBuffer(headerBytes + 8 * size));
  view.setUint32(0, signature);
  for (const [index, value] of [
    lastToken,
    skip,
    boostingNode,
    predictorLayers,
    predictorWidth,
  ].entries()) {
    view.setUint32(4 + 4 * index, value, true);
  }
  writeFloats(view, headerBytes, hidden);
  writeFloats(view, headerBytes + 4 * size, cell);
  return new Uint8Array(view.buffer);
}

/**
 * Reads a state back. Whether the boosting node belongs to the phrases in use is for the caller to
 * know: with other phrases it must go back to 0.
 *
 * @param model the one that is to go on with it
 * @throws AppError `invalid-request` when the bytes are no state, and `model-mismatch` when it is
 *   the state of another model
 */
export function restoreTransducerState(
  bytes: Uint8Array,
  { shape, durations }: { shape: DecoderShape; durations: readonly number[] | null },
): TransducerState {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  if (bytes.byteLength < headerBytes || view.getUint32(0) !== signature) {
    throw new AppError("invalid-request", `no transducer state of version ${version}`);
  }
  const [layers, width] = [view.getUint32(16, true), view.getUint32(20, true)];
  if (layers !== shape.predictorLayers || width !== shape.predictorWidth) {
    const expected = `${shape.predictorLayers}×${shape.predictorWidth}`;
    const message = `a transducer state of ${layers}×${width} for a model of ${expected}`;
    throw new AppError("model-mismatch", message);
  }
  const size = layers * width;
  if (bytes.byteLength !== headerBytes + 8 * size) {
    throw new AppError("invalid-request", `a transducer state of ${bytes.byteLength} bytes`);
  }
  const lastToken = view.getUint32(4, true);
  const blank = shape.outputs - 1 - (durations?.length ?? 0);
  if (lastToken > blank) {
    const message = `a transducer state with token ${lastToken} for a model of ${blank}`;
    throw new AppError("model-mismatch", message);
  }
  const skip = view.getUint32(8, true);
  const longest = Math.max(1, ...(durations ?? []));
  if (skip >= longest) {
    const message = `a transducer state that skips ${skip} frames for a model of ${longest}`;
    throw new AppError("model-mismatch", message);
  }
  return {
    lastToken,
    hidden: readFloats(view, headerBytes, size),
    cell: readFloats(view, headerBytes + 4 * size, size),
    skip,
    boostingNode: view.getUint32(12, true),
  };
}

function writeFloats(view: DataView, at: number, values: Float32Array): void {
  for (const [index, value] of values.entries()) view.setFloat32(at + 4 * index, value, true);
}

/** A state that is no number would spoil all that is decoded after it. */
function readFloats(view: DataView, at: number, count: number): Float32Array {
  const values = new Float32Array(count);
  for (let index = 0; index < count; index++) {
    values[index] = view.getFloat32(at + 4 * index, true);
  }
  if (!values.every(Number.isFinite)) {
    throw new AppError("invalid-request", "a transducer state with values that are no numbers");
  }
  return values;
}
