import { readBytes, type ByteSource } from "../archive/byte-source";
import { decodeElements, elementBytes, type TensorElement } from "./decode-elements";
import {
  countElements,
  isContiguous,
  rowMajorStrides,
  spanOf,
  type TensorLayout,
} from "./tensor-layout";

/** Elements that are in memory at a time beside the result. */
const pieceElements = 2 ** 20;

/**
 * Reads a tensor's values in row-major order as float32.
 *
 * @param storage little-endian elements of one type
 * @param layout must have passed `checkLayout`
 */
export async function readTensor(
  storage: ByteSource,
  type: TensorElement,
  layout: TensorLayout,
): Promise<Float32Array> {
  const values = new Float32Array(countElements(layout.shape));
  if (values.length === 0) return values;
  if (!isContiguous(layout)) await gather(storage, type, layout, values);
  else if (type === "float32") {
    // This package supports little-endian machines only.
    await storage.readInto(new Uint8Array(values.buffer), layout.offset * elementBytes[type]);
  } else {
    for (let start = 0; start < values.length; start += pieceElements) {
      const count = Math.min(pieceElements, values.length - start);
      values.set(await readElements(storage, type, layout.offset + start, count), start);
    }
  }
  return values;
}

/**
 * Visits the elements in storage order, whatever the tensor's strides, so that each piece of the
 * storage is read once.
 */
async function gather(
  storage: ByteSource,
  type: TensorElement,
  layout: TensorLayout,
  values: Float32Array,
): Promise<void> {
  const rowMajor = rowMajorStrides(layout.shape);
  const axes = layout.shape
    .map((size, axis) => ({
      size,
      stride: layout.strides[axis] ?? 0,
      targetStride: rowMajor[axis] ?? 0,
      index: 0,
    }))
    .toSorted((first, second) => first.stride - second.stride);
  const end = layout.offset + spanOf(layout);
  let from = layout.offset;
  let to = 0;
  let pieceStart = 0;
  let piece: Float32Array = new Float32Array(0);
  for (let left = values.length; left > 0; left -= 1) {
    if (from >= pieceStart + piece.length) {
      pieceStart = from;
      piece = await readElements(storage, type, from, Math.min(pieceElements, end - from));
    }
    values[to] = piece[from - pieceStart] ?? 0;
    // Counts like an odometer whose fastest wheel is the axis with the smallest stride.
    for (const axis of axes) {
      axis.index += 1;
      from += axis.stride;
      to += axis.targetStride;
      if (axis.index < axis.size) break;
      from -= axis.size * axis.stride;
      to -= axis.size * axis.targetStride;
      axis.index = 0;
    }
  }
}

async function readElements(
  storage: ByteSource,
  type: TensorElement,
  start: number,
  count: number,
): Promise<Float32Array> {
  const size = elementBytes[type];
  return decodeElements(type, await readBytes(storage, start * size, count * size));
}
