import { openSafetensors } from "../../safetensors/open-safetensors";
import type { Floats } from "../../onnx/testing/graph-session";

/** The tensors of a safetensors file, in memory. */
export class ReferenceTensors {
  readonly #file: string;
  readonly #tensors = new Map<string, Floats>();

  static async read(file: string): Promise<ReferenceTensors> {
    const source = await openSafetensors(file);
    const result = new ReferenceTensors(file);
    for (const [name, tensor] of source.tensors) {
      result.#tensors.set(name, { data: await tensor.read(), dims: tensor.shape });
    }
    await source.close();
    return result;
  }

  private constructor(file: string) {
    this.#file = file;
  }

  get names(): readonly string[] {
    return [...this.#tensors.keys()];
  }

  of(name: string): Floats {
    const tensor = this.#tensors.get(name);
    if (tensor === undefined) throw new Error(`${this.#file} has no ${name}`);
    return tensor;
  }

  /** The part of a tensor at the given indices of its first axes. */
  at(name: string, ...indices: readonly number[]): Floats {
    const { data, dims } = this.of(name);
    const rest = dims.slice(indices.length);
    const length = rest.reduce((product, axis) => product * axis, 1);
    const row = indices.reduce((flat, index, axis) => flat * (dims[axis] ?? 1) + index, 0);
    return { data: data.subarray(row * length, (row + 1) * length), dims: rest };
  }
}
