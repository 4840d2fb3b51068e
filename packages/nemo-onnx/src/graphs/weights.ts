import type { Checkpoint } from "../checkpoint/checkpoint";
import { ModelError } from "../errors";

/** A weight whose shape has been checked. */
export type Weight = {
  readonly name: string;
  readonly shape: readonly number[];
  read(): Promise<Float32Array>;
};

/** Tensors that inference has no use for. */
const unused = [
  /** How often training updated the running statistics. */
  /^encoder\.layers\.\d+\.conv\.batch_norm\.num_batches_tracked$/,
];

/**
 * The weights of a checkpoint, each taken by name and the shape that the configuration asks for.
 * What does not fit is gathered, so that one message can name it all.
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

  /** @throws ModelError `mismatch`: what is missing, has another shape, or was not taken */
  check(): void {
    const leftOver = [...this.#checkpoint.tensors.keys()].filter(
      (name) => !this.#taken.has(name) && !unused.some((pattern) => pattern.test(name)),
    );
    const problems = [...this.#problems, ...leftOver.map((name) => `${name} has no place`)];
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
