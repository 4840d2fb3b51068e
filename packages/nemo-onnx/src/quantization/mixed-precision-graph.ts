import type { DeferredGraph, DeferredTensor } from "../onnx/deferred-model";
import { elementTypes, type OnnxNode } from "../onnx/onnx-model";
import { readFiniteFloats } from "./read-finite-floats";
import { roundToHalf } from "./round-to-half";

export type FloatType = "float32" | "float16";

/** A graph under conversion: every float value of it can be read in float32 or float16. */
export class MixedPrecisionGraph {
  readonly #weights: ReadonlyMap<string, DeferredTensor>;
  readonly #used = new Map<string, DeferredTensor>();
  readonly #nodes: OnnxNode[] = [];
  /** Type in which the nodes added so far produce each value. */
  readonly #producedTypes = new Map<string, FloatType>();
  readonly #casts = new Set<string>();

  constructor({ initializers }: DeferredGraph) {
    this.#weights = new Map(initializers.map((tensor) => [tensor.name, tensor]));
    for (const tensor of initializers) {
      if (tensor.elementType !== "float32") this.#used.set(tensor.name, tensor);
    }
  }

  get nodes(): readonly OnnxNode[] {
    return this.#nodes;
  }

  /** Float weights in the precisions that nodes read, and all other initialisers unchanged. */
  get initializers(): readonly DeferredTensor[] {
    return [...this.#used.values()];
  }

  /** True for values that nodes produce in float32; false for weights and the graph's inputs. */
  isProducedAsFloat32(value: string): boolean {
    return this.#producedTypes.get(value) === "float32";
  }

  /** Adds a node that produces the given float outputs as `type`. */
  addNode(node: OnnxNode, floatOutputs: readonly string[], type: FloatType): void {
    this.#nodes.push(node);
    for (const output of floatOutputs) this.#producedTypes.set(output, type);
  }

  /** The name of a float value as `type`; adds a cast when there is none yet. */
  valueAs(value: string, type: FloatType): string {
    const weight = this.#weights.get(value);
    if (weight !== undefined) {
      const tensor = type === "float32" ? weight : inHalf(weight);
      this.#used.set(tensor.name, tensor);
      return tensor.name;
    }
    if ((this.#producedTypes.get(value) ?? "float32") === type) return value;
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
