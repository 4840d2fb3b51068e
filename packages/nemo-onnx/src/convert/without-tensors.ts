import type { Checkpoint } from "../checkpoint/checkpoint";

/** A checkpoint without the tensors that inference does not need, for `Weights`. */
export function withoutTensors(
  { file, tensors }: Pick<Checkpoint, "file" | "tensors">,
  unused: readonly RegExp[],
): Pick<Checkpoint, "file" | "tensors"> {
  const used = [...tensors].filter(([name]) => !unused.some((pattern) => pattern.test(name)));
  return { file, tensors: new Map(used) };
}
