import type { OnnxNode, OnnxTensor } from "./onnx-model";

/** A graph's nodes, and its initialisers that are in memory. */
type IndexedGraph = {
  readonly nodes: readonly OnnxNode[];
  readonly constants: readonly OnnxTensor[];
};

/** Lookup by value name: the node that produces a value, and the values that are constant. */
export class GraphIndex {
  readonly nodes: readonly OnnxNode[];
  readonly #producers = new Map<string, OnnxNode>();
  readonly #constants = new Map<string, OnnxTensor>();

  constructor({ nodes, constants }: IndexedGraph) {
    this.nodes = nodes;
    for (const tensor of constants) this.#constants.set(tensor.name, tensor);
    for (const node of nodes) {
      for (const output of node.outputs) this.#producers.set(output, node);
      const value = node.attributes.value;
      const [output] = node.outputs;
      if (node.operator === "Constant" && value?.type === "tensor" && output !== undefined) {
        this.#constants.set(output, value.value);
      }
    }
  }

  /** The node that produces a value; null for inputs and initialisers. */
  producerOf(value: string): OnnxNode | null {
    return this.#producers.get(value) ?? null;
  }

  /** The value of an int64 or int32 constant with one element; null for other values. */
  integerOf(value: string | undefined): bigint | null {
    const tensor = this.#constants.get(value ?? "");
    if (tensor === undefined || !(tensor.data instanceof Uint8Array)) return null;
    const { buffer, byteOffset, byteLength } = tensor.data;
    const view = new DataView(buffer, byteOffset, byteLength);
    if (tensor.elementType === "int64" && byteLength === 8) return view.getBigInt64(0, true);
    if (tensor.elementType === "int32" && byteLength === 4) return BigInt(view.getInt32(0, true));
    return null;
  }

  /** The value of a float32 constant with one element; null for other values. */
  floatOf(value: string | undefined): number | null {
    const tensor = this.#constants.get(value ?? "");
    if (tensor?.elementType !== "float32" || !(tensor.data instanceof Uint8Array)) return null;
    const { buffer, byteOffset, byteLength } = tensor.data;
    return byteLength === 4 ? new DataView(buffer, byteOffset).getFloat32(0, true) : null;
  }

  /** True when a value depends on `ancestor`, through any number of nodes. */
  descendsFrom(value: string, ancestor: string): boolean {
    const seen = new Set<string>();
    const pending = [value];
    for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
      if (next === ancestor) return true;
      if (seen.has(next)) continue;
      seen.add(next);
      pending.push(...(this.#producers.get(next)?.inputs ?? []));
    }
    return false;
  }
}
