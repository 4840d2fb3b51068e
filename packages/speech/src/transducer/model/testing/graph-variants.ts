import { readFileSync, writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { decodeModel } from "@parley/nemo-onnx/onnx/decode-model";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import type { OnnxGraph, OnnxModel, OnnxNode, OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";

/** Rewrites an exported graph into another exporter's layout; the weights stay. */
export class GraphVariant {
  #model: OnnxModel;

  static read(path: string): GraphVariant {
    return new GraphVariant(decodeModel(readFileSync(path), basename(path)));
  }

  private constructor(model: OnnxModel) {
    this.#model = model;
  }

  write(path: string): void {
    writeFileSync(path, encodeModel(this.#model));
  }

  /** Writes the model with large weights in a file beside it. */
  writeWithData(path: string, location: string): void {
    const parts: Uint8Array[] = [];
    let offset = 0;
    const initializers = this.#model.graph.initializers.map((tensor) => {
      const { data } = tensor;
      if (!(data instanceof Uint8Array) || data.length < 1_024) return tensor;
      parts.push(data);
      const length = data.length;
      offset += length;
      return { ...tensor, data: { location, offset: offset - length, length } };
    });
    writeFileSync(join(dirname(path), location), Buffer.concat(parts));
    const graph = { ...this.#model.graph, initializers };
    writeFileSync(path, encodeModel({ ...this.#model, graph }));
  }

  metadata(entries: Readonly<Record<string, string>>): this {
    this.#model = { ...this.#model, metadata: entries };
    return this;
  }

  /** Renames values everywhere, including inputs and outputs. */
  rename(names: Readonly<Record<string, string>>): this {
    return this.#renameAll((name) => names[name] ?? name);
  }

  /** Changes the declared dimensions or type of an input or output. */
  declare(name: string, declared: Partial<Pick<OnnxValue, "dims" | "elementType">>): this {
    const replace = (values: readonly OnnxValue[]) =>
      values.map((value) => (value.name === name ? { ...value, ...declared } : value));
    const { inputs, outputs } = this.#model.graph;
    return this.#set({ inputs: replace(inputs), outputs: replace(outputs) });
  }

  addInput(value: OnnxValue): this {
    return this.#set({ inputs: [...this.#model.graph.inputs, value] });
  }

  /** Removes inputs and outputs, and the nodes of such outputs. */
  remove(names: readonly string[]): this {
    const { inputs, outputs, nodes } = this.#model.graph;
    const stays = ({ name }: OnnxValue) => !names.includes(name);
    return this.#set({
      inputs: inputs.filter(stays),
      outputs: outputs.filter(stays),
      nodes: nodes.filter((node) => !node.outputs.some((output) => names.includes(output))),
    });
  }

  /** Permutes the axes of an input, which is transposed back inside the graph. */
  permuteInput(name: string, permutation: readonly number[]): this {
    const inner = `${name}/transposed`;
    const value = this.#model.graph.inputs.find((input) => input.name === name);
    const node = transpose(name, inner, permutation);
    this.#renameNodes((used) => (used === name ? inner : used));
    // Axis i inside the graph is axis permutation[i] of the input.
    const dims = permutation.map((_, axis) => value?.dims[permutation.indexOf(axis)] ?? "");
    this.#set({ nodes: [node, ...this.#model.graph.nodes] });
    return this.declare(name, { dims });
  }

  /** Permutes the axes of an output. */
  permuteOutput(name: string, permutation: readonly number[]): this {
    const inner = `${name}/unturned`;
    const value = this.#model.graph.outputs.find((output) => output.name === name);
    this.#renameNodes((used) => (used === name ? inner : used));
    const node = transpose(inner, name, permutation);
    this.#set({ nodes: [...this.#model.graph.nodes, node] });
    return this.declare(name, { dims: permutation.map((axis) => value?.dims[axis] ?? "") });
  }

  /** Appends another graph, whose input `to` is fed from output `from` of this one. */
  append(other: GraphVariant, { from, to }: { from: string; to: string }): this {
    const { graph } = other.#renameAll((name) => `joined/${name}`).#model;
    const nodes = graph.nodes.map((node) => ({ ...node, name: `joined/${node.name}` }));
    const own = this.#model.graph;
    this.#set({
      nodes: [...own.nodes, ...nodes],
      initializers: [...own.initializers, ...graph.initializers],
      inputs: [...graph.inputs.filter(({ name }) => name !== `joined/${to}`), ...own.inputs],
      outputs: [...graph.outputs, ...own.outputs.filter(({ name }) => name !== from)],
    });
    return this.rename({ [`joined/${to}`]: from });
  }

  #renameAll(rename: (name: string) => string): this {
    this.#renameNodes(rename);
    const named = <Value extends { name: string }>(values: readonly Value[]) =>
      values.map((value) => ({ ...value, name: rename(value.name) }));
    const { inputs, outputs, initializers } = this.#model.graph;
    return this.#set({
      inputs: named(inputs),
      outputs: named(outputs),
      initializers: named(initializers),
    });
  }

  #renameNodes(rename: (name: string) => string): void {
    const renamed = (names: readonly string[]) =>
      names.map((name) => (name === "" ? name : rename(name)));
    this.#set({
      nodes: this.#model.graph.nodes.map((node) => ({
        ...node,
        inputs: renamed(node.inputs),
        outputs: renamed(node.outputs),
      })),
    });
  }

  #set(change: Partial<OnnxGraph>): this {
    this.#model = { ...this.#model, graph: { ...this.#model.graph, ...change } };
    return this;
  }
}

function transpose(input: string, output: string, permutation: readonly number[]): OnnxNode {
  return {
    domain: "",
    operator: "Transpose",
    name: `${output}/node`,
    inputs: [input],
    outputs: [output],
    attributes: { perm: { type: "ints", value: permutation } },
  };
}
