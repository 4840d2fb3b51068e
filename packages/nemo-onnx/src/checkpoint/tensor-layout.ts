import { ModelError } from "../errors";

/** Position of a tensor's elements in its storage, as in torch; all values count elements. */
export type TensorLayout = {
  shape: readonly number[];
  /** Distance in the storage between neighbours along each axis. */
  strides: readonly number[];
  /** Index of the first element in the storage. */
  offset: number;
};

/** An axis of more than one element. */
type LayoutAxis = { size: number; stride: number };

const axisLimit = 16;
/** 4 GiB as float32; the largest known tensors have some 10 million elements. */
const elementLimit = 2 ** 30;
/** The same for tensors that repeat the elements of a smaller storage (stride 0). */
const repeatedElementLimit = 2 ** 24;

export function countElements(shape: readonly number[]): number {
  return shape.reduce((count, size) => count * size, 1);
}

/** Strides of a row-major tensor. */
export function rowMajorStrides(shape: readonly number[]): number[] {
  return shape.map((_, axis) => countElements(shape.slice(axis + 1)));
}

/** True when the elements are stored in row-major order without gaps. */
export function isContiguous({ shape, strides }: TensorLayout): boolean {
  const expected = rowMajorStrides(shape);
  return shape.every((size, axis) => size === 1 || strides[axis] === expected[axis]);
}

/** Elements from the first to the last in the storage, gaps included. Not for empty tensors. */
export function spanOf({ shape, strides }: TensorLayout): number {
  return shape.reduce((span, size, axis) => span + (size - 1) * (strides[axis] ?? 0), 1);
}

/**
 * Checks a layout from a checkpoint before anything is allocated for it.
 *
 * @param stored elements in the storage
 * @param name the tensor's name, for error messages
 * @throws ModelError `malformed` when the tensor reaches beyond its storage, `refused` for a size
 *   above the limits, `unsupported` for elements that overlap
 */
export function checkLayout(layout: TensorLayout, stored: number, name: string): void {
  const { shape, strides, offset } = layout;
  const described = `${name} of [${shape.slice(0, axisLimit).join(", ")}]`;
  const count = countElements(shape);
  if (shape.length > axisLimit || count > elementLimit) {
    throw new ModelError("refused", `${described} is too large`);
  }
  if (shape.length !== strides.length) {
    throw new ModelError("malformed", `${described} has ${strides.length} strides`);
  }
  if (count === 0) return;
  if (count > Math.max(stored, repeatedElementLimit)) {
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

/** Refuses overlaps, so that a read in storage order never goes back; stride 0 does not either. */
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
