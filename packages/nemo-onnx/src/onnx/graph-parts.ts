import type { DeferredTensor } from "./deferred-model";
import type { OnnxNode, OnnxValue } from "./onnx-model";

/** The nodes, inputs, outputs and initialisers of a graph under construction. */
export class GraphParts {
  readonly nodes: OnnxNode[] = [];
  readonly inputs: OnnxValue[] = [];
  readonly outputs: OnnxValue[] = [];
  /** By name. */
  readonly initializers = new Map<string, DeferredTensor>();
  readonly #counts = new Map<string, number>();

  /** @returns `prefix` with a number that makes it unique */
  nextName(prefix: string): string {
    const count = this.#counts.get(prefix) ?? 0;
    this.#counts.set(prefix, count + 1);
    return `${prefix}_${count}`;
  }
}
