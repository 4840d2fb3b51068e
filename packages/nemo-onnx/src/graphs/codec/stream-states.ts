import { sliceEnd, type GraphBuilder } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";

/**
 * What a streamed graph keeps of its past: inputs `s0`, `s1` … and outputs `s0_out`, `s1_out` …,
 * numbered as convolutions ask for them.
 */
export class StreamStates {
  readonly #graph: GraphBuilder;
  readonly #shapes: (readonly [1, number, number])[] = [];

  constructor(graph: GraphBuilder) {
    this.#graph = graph;
  }

  /** For one stream, in order. */
  get shapes(): readonly (readonly [1, number, number])[] {
    return this.#shapes;
  }

  /**
   * Puts the last `columns` of all earlier input before this one.
   *
   * @param x [batch, channels, time]
   * @returns [batch, channels, columns + time]
   */
  extend(x: Value, channels: number, columns: number): Value {
    const name = `s${this.#shapes.length}`;
    const dims = ["batch", channels, columns];
    this.#shapes.push([1, channels, columns]);
    const extended = this.#graph.concat([this.#graph.input(name, "float32", dims), x], 2);
    const next = this.#graph.slice(extended, 2, -columns, sliceEnd);
    this.#graph.output(`${name}_out`, next, "float32", dims);
    return extended;
  }
}
