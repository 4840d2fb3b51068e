import type { ModelOutline } from "@parley/nemo-onnx/onnx/inspect-model";
import type { OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import type { Mismatches } from "./mismatches";

/** Inputs or outputs of a graph, looked up by the names that exporters give them. */
export class GraphValues {
  readonly #file: string;
  readonly #side: "inputs" | "outputs";
  readonly #values: readonly OnnxValue[];
  readonly #mismatches: Mismatches;

  constructor(graph: ModelOutline, side: "inputs" | "outputs", mismatches: Mismatches) {
    this.#file = graph.file;
    this.#side = side;
    this.#values = graph[side];
    this.#mismatches = mismatches;
  }

  /** First value with one of these names, in the order of the names. */
  find(names: readonly string[]): OnnxValue | null {
    for (const name of names) {
      const value = this.#values.find((candidate) => candidate.name === name);
      if (value !== undefined) return value;
    }
    return null;
  }

  /** `find`, else the value at `position`, for values whose names an exporter makes up. */
  findOrAt(names: readonly string[], position: number): OnnxValue | null {
    return this.find(names) ?? this.#values.at(position) ?? null;
  }

  /**
   * Adds a mismatch for a value that is missing or of another kind than expected.
   *
   * @param what name for the message about a missing value
   */
  require(
    value: OnnxValue | null,
    what: string,
    kind: { rank?: number; types: readonly OnnxValue["elementType"][] },
  ): OnnxValue | null {
    if (value === null) {
      this.#mismatches.add(`${this.#file} has no ${what} among its ${this.#side}`);
      return null;
    }
    const { name, elementType, dims } = value;
    if (!kind.types.includes(elementType)) {
      this.#mismatches.add(
        `${name} of ${this.#file} is ${elementType}, where only ${kind.types.join(" or ")} can be run`,
      );
    }
    if (kind.rank !== undefined && dims.length !== kind.rank) {
      this.#mismatches.add(
        `${name} of ${this.#file} has ${dims.length} axes instead of ${kind.rank}`,
      );
      return null;
    }
    return value;
  }
}

/** Length of an axis; null where the graph does not fix it. */
export function fixedLength(value: OnnxValue | null, axis: number): number | null {
  const dimension = value?.dims[axis];
  return typeof dimension === "number" && dimension > 0 ? dimension : null;
}
