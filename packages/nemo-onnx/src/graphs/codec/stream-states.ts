import { sliceEnd, type GraphBuilder } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";

/**
 * The states of a streaming graph, one per causal convolution: inputs `s0`, `s1` … and outputs
 * `s0_out`, `s1_out` …, numbered in the order in which convolutions are added.
 */
export class StreamStates {
  readonly #graph: GraphBuilder;
  readonly #shapes: (readonly [1, number, number])[] = [];

  constructor(graph: GraphBuilder) {
    this.#graph = graph;
  }

  /** Shapes of the states for one stream, in order. */
  get shapes(): readonly (readonly [1, number, number])[] {
    return this.#shapes;
  }

  /**
   * Prepends the last `columns` of the earlier input to `x`, and adds the state that holds them.
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
