import { ModelError } from "../errors";

/** Where a tensor's elements lie in its storage; all in elements. */
export type TensorLayout = {
  shape: readonly number[];
  /** Steps in the storage for one step along each axis. */
  strides: readonly number[];
  /** Place of the first element. */
  offset: number;
};

/** An axis of more than one element. */
type LayoutAxis = { size: number; stride: number };

const mostAxes = 16;
/** 4 GiB as float32; the largest tensors known have some 10 million. */
const mostElements = 2 ** 30;
/** The same for tensors that repeat what little their storage holds. */
const mostRepeated = 2 ** 24;

export function countElements(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** Strides of a row-major tensor. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => countElements(shape.slice(axis + 1)));
}

/** True when the elements lie one after the other, in order. */
export function isContiguous({ shape, strides }: TensorLayout): boolean {
  const expected = rowMajorStrides(shape);
  return shape.every((size, axis) => size === 1 || strides[axis] === expected[axis]);
}

/** Elements from the first to the last in the storage, gaps included; at least one element. */
export function spanOf({ shape, strides }: TensorLayout): number {
  return shape.reduce((span, size, axis) => span + (size - 1) * (strides[axis] ?? 0), 1);
}

/**
 * @param stored elements in the storage
 * @param name the tensor's, for messages
 * @throws ModelError `malformed` when the tensor does not lie within its storage, `refused` for an
 *   absurd size, `unsupported` for elements that overlap
 */
export function checkLayout(layout: TensorLayout, stored: number, name: string): void {
  const { shape, strides, offset } = layout;
  const described = `${name} of [${shape.slice(0, mostAxes).join(", ")}]`;
  const count = countElements(shape);
  if (shape.length > mostAxes || count > mostElements) {
    throw new ModelError("refused", `${described} has an absurd size`);
  }
  if (shape.length !== strides.length) {
    throw new ModelError("malformed", `${described} has ${strides.length} strides`);
  }
  if (count === 0) return;
  if (count > Math.max(stored, mostRepeated)) {
    throw new ModelError("refused", `${described} repeats ${stored} elements too often`);
  }
  if (offset + spanOf(layout) > stored) {
    throw new ModelError(
      "malformed",
      `${described} does not fit its storage of ${stored} elements`,
    );
  }
  checkOverlap(
    strides.map((stride, axis) => ({ stride, size: shape[axis] ?? 1 })),
    described,
  );
}

/** So that reading in the storage's order never goes back. Repetition (stride 0) does not. */
function checkOverlap(axes: readonly LayoutAxis[], described: string): void {
  const ascending = axes
    .filter(({ size, stride }) => size > 1 && stride > 0)
    .toSorted((first, second) => first.stride - second.stride);
  let span = 1;
  for (const { size, stride } of ascending) {
    if (stride < span) throw new ModelError("unsupported", `${described} has overlapping elements`);
    span += (size - 1) * stride;
  }
}
