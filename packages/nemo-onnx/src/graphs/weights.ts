import type { Checkpoint } from "../checkpoint/checkpoint";
import { ModelError } from "../errors";

/** A weight of the shape that the configuration requires; `Weights.check` compares it. */
export type Weight = {
  readonly name: string;
  readonly shape: readonly number[];
  read(): Promise<Float32Array>;
};

/** Tensors that inference does not need. */
const unused = [
  // The number of updates of the running statistics in training.
  /^encoder\.layers\.\d+\.conv\.batch_norm\.num_batches_tracked$/,
];

/**
 * The weights of a checkpoint, taken by name with the shape that the configuration requires.
 * Mismatches are collected, so that one error message names all of them.
 */
export class Weights {
  readonly #checkpoint: Pick<Checkpoint, "file" | "tensors">;
  readonly #taken = new Set<string>();
  readonly #problems: string[] = [];

  constructor(checkpoint: Pick<Checkpoint, "file" | "tensors">) {
    this.#checkpoint = checkpoint;
  }

  take(name: string, shape: readonly number[]): Weight {
    const tensor = this.#checkpoint.tensors.get(name);
    this.#taken.add(name);
    if (tensor === undefined) {
      this.#problems.push(`${name} is missing`);
    } else if (!equal(tensor.shape, shape)) {
      this.#problems.push(`${name} is ${inBrackets(tensor.shape)}, not ${inBrackets(shape)}`);
    }
    return {
      name,
      shape,
      read: () => tensor?.read() ?? Promise.reject(new ModelError("mismatch", `no ${name}`)),
    };
  }

  /** @throws ModelError `mismatch`, naming the tensors that are missing, misshapen or not taken */
  check(): void {
    const unexpected = [...this.#checkpoint.tensors.keys()].filter(
      (name) => !this.#taken.has(name) && !unused.some((pattern) => pattern.test(name)),
    );
    const problems = [...this.#problems, ...unexpected.map((name) => `${name} is unexpected`)];
    if (problems.length > 0) {
      throw new ModelError("mismatch", `${this.#checkpoint.file}: ${problems.join("; ")}`);
    }
  }
}

function equal(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((length, axis) => length === b[axis]);
}

function inBrackets(shape: readonly number[]): string {
  return `[${shape.join(", ")}]`;
}
