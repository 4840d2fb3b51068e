import type { DeferredGraph, DeferredTensor } from "../onnx/deferred-model";
import { elementTypes, type OnnxNode } from "../onnx/onnx-model";
import { readFiniteFloats } from "./read-finite-floats";
import { roundToHalf } from "./round-to-half";

export type FloatType = "float32" | "float16";

/** A graph that is written anew, in which every float value is at hand in either precision. */
export class MixedPrecisionGraph {
  readonly #given: ReadonlyMap<string, DeferredTensor>;
  readonly #used = new Map<string, DeferredTensor>();
  readonly #nodes: OnnxNode[] = [];
  /** Precision in which the nodes so far made their outputs. */
  readonly #made = new Map<string, FloatType>();
  readonly #casts = new Set<string>();

  constructor({ initializers }: DeferredGraph) {
    this.#given = new Map(initializers.map((tensor) => [tensor.name, tensor]));
    for (const tensor of initializers) {
      if (tensor.elementType !== "float32") this.#used.set(tensor.name, tensor);
    }
  }

  get nodes(): readonly OnnxNode[] {
    return this.#nodes;
  }

  /** Weights in the precisions that were asked for; whatever is no float as it was. */
  get initializers(): readonly DeferredTensor[] {
    return [...this.#used.values()];
  }

  /** False for weights and for the graph's inputs, which are converted once, at the edge. */
  isComputedInFull(value: string): boolean {
    return this.#made.get(value) === "float32";
  }

  /** Adds a node that makes these outputs in one precision. */
  push(node: OnnxNode, floatOutputs: readonly string[], type: FloatType): void {
    this.#nodes.push(node);
    for (const output of floatOutputs) this.#made.set(output, type);
  }

  /** The name under which a float value is to be had in one precision. */
  as(value: string, type: FloatType): string {
    const weight = this.#given.get(value);
    if (weight !== undefined) {
      const tensor = type === "float32" ? weight : inHalf(weight);
      this.#used.set(tensor.name, tensor);
      return tensor.name;
    }
    if ((this.#made.get(value) ?? "float32") === type) return value;
    const name = `${value}/${type}`;
    if (!this.#casts.has(name)) this.#nodes.push(cast(value, name, type));
    this.#casts.add(name);
    return name;
  }
}

function inHalf(weight: DeferredTensor): DeferredTensor {
  return {
    name: `${weight.name}/float16`,
    elementType: "float16",
    dims: weight.dims,
    read: async () =>
      new Uint8Array(roundToHalf(await readFiniteFloats(weight), weight.name).buffer),
  };
}

function cast(from: string, to: string, type: FloatType): OnnxNode {
  return {
    domain: "",
    operator: "Cast",
    name: to,
    inputs: [from],
    outputs: [to],
    attributes: { to: { type: "int", value: elementTypes[type] } },
  };
}
