import { deferred, type DeferredGraph, type DeferredTensor } from "./deferred-model";
import { GraphParts } from "./graph-parts";
import type { ConvolutionSettings, LstmLayer, Position, Value } from "./graph-values";
import { elementTypes, type ElementType, type OnnxAttribute, type OnnxValue } from "./onnx-model";

/** The end of whatever is sliced. */
export const sliceEnd = Number.MAX_SAFE_INTEGER;

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/**
 * Builds a graph of the standard operators, version 17 unless said otherwise, node by node. Methods
 * are named after operators and return what the node computes. What a node is called follows from scope, operator
 * and count: `encoder.layers.0.conv/Conv_0`.
 */
export class GraphBuilder {
  readonly #parts: GraphParts;
  readonly #scope: string;

  constructor(parts = new GraphParts(), scope = "") {
    this.#parts = parts;
    this.#scope = scope;
  }

  /** The same graph, with nodes named after another scope. */
  inScope(scope: string): GraphBuilder {
    return new GraphBuilder(this.#parts, scope);
  }

  input(name: string, elementType: ElementType, dims: OnnxValue["dims"]): Value {
    this.#parts.inputs.push({ name, elementType, dims });
    return { name };
  }

  /** Makes `value` an output of the graph under a name of its own. */
  output(name: string, value: Value, elementType: ElementType, dims: OnnxValue["dims"]): void {
    this.#parts.outputs.push({ name, elementType, dims });
    this.#push(`output/${name}`, "Identity", [value], {}, [{ name }]);
  }

  /** A weight. One that is used twice is stored once. */
  initializer(tensor: DeferredTensor): Value {
    this.#parts.initializers.set(tensor.name, tensor);
    return { name: tensor.name };
  }

  /** float32, with no dimensions. */
  scalar(value: number): Value {
    return this.initializer(deferred(`float_${value}`, Float32Array.of(value), []));
  }

  /** int64, with no dimensions. */
  integer(value: number): Value {
    return this.initializer(deferred(`int_${value}`, BigInt64Array.of(BigInt(value)), []));
  }

  /** int64 [n]. */
  integers(values: readonly number[]): Value {
    const name = `ints_${values.join("_")}`;
    return this.initializer(
      deferred(name, BigInt64Array.from(values.map(BigInt)), [values.length]),
    );
  }

  matMul(a: Value, b: Value): Value {
    return this.#add("MatMul", [a, b]);
  }

  add(a: Value, b: Value): Value {
    return this.#add("Add", [a, b]);
  }

  subtract(a: Value, b: Value): Value {
    return this.#add("Sub", [a, b]);
  }

  multiply(a: Value, b: Value): Value {
    return this.#add("Mul", [a, b]);
  }

  /** Of integers: towards zero. */
  divide(a: Value, b: Value): Value {
    return this.#add("Div", [a, b]);
  }

  minimum(a: Value, b: Value): Value {
    return this.#add("Min", [a, b]);
  }

  maximum(a: Value, b: Value): Value {
    return this.#add("Max", [a, b]);
  }

  less(a: Value, b: Value): Value {
    return this.#add("Less", [a, b]);
  }

  greaterOrEqual(a: Value, b: Value): Value {
    return this.#add("GreaterOrEqual", [a, b]);
  }

  and(a: Value, b: Value): Value {
    return this.#add("And", [a, b]);
  }

  where(condition: Value, yes: Value, no: Value): Value {
    return this.#add("Where", [condition, yes, no]);
  }

  relu(x: Value): Value {
    return this.#add("Relu", [x]);
  }

  sigmoid(x: Value): Value {
    return this.#add("Sigmoid", [x]);
  }

  sin(x: Value): Value {
    return this.#add("Sin", [x]);
  }

  cos(x: Value): Value {
    return this.#add("Cos", [x]);
  }

  /** Over the last axis. */
  softmax(x: Value): Value {
    return this.#add("Softmax", [x], { axis: int(-1) });
  }

  /** Over the last axis. */
  logSoftmax(x: Value): Value {
    return this.#add("LogSoftmax", [x], { axis: int(-1) });
  }

  /** Over the last axis. */
  layerNormalization(x: Value, scale: Value, bias: Value | null, epsilon: number): Value {
    const attributes = { axis: int(-1), epsilon: { type: "float", value: epsilon } } as const;
    const inputs = bias === null ? [x, scale] : [x, scale, bias];
    return this.#add("LayerNormalization", inputs, attributes);
  }

  cast(x: Value, elementType: ElementType): Value {
    return this.#add("Cast", [x], { to: int(elementTypes[elementType]) });
  }

  transpose(x: Value, permutation: readonly number[]): Value {
    return this.#add("Transpose", [x], { perm: ints(permutation) });
  }

  /** In `shape`, 0 keeps the length of that axis and -1 takes what is left. */
  reshape(x: Value, shape: readonly number[] | Value): Value {
    return this.#add("Reshape", [x, "name" in shape ? shape : this.integers(shape)]);
  }

  /** Lengths of the axes `start` to `end`, int64 [end - start]. */
  shape(x: Value, start: number, end: number): Value {
    return this.#add("Shape", [x], { start: int(start), end: int(end) });
  }

  unsqueeze(x: Value, axes: readonly number[]): Value {
    return this.#add("Unsqueeze", [x, this.integers(axes)]);
  }

  squeeze(x: Value, axes: readonly number[]): Value {
    return this.#add("Squeeze", [x, this.integers(axes)]);
  }

  concat(values: readonly Value[], axis: number): Value {
    return this.#add("Concat", values, { axis: int(axis) });
  }

  slice(x: Value, axis: number, start: Position, end: Position): Value {
    const at = (position: Position) =>
      typeof position === "number" ? this.integers([position]) : position;
    return this.#add("Slice", [x, at(start), at(end), this.integers([axis])]);
  }

  /** Takes by index from one axis; a scalar index removes it. */
  gather(x: Value, indices: Value, axis: number): Value {
    return this.#add("Gather", [x, indices], { axis: int(axis) });
  }

  /** The largest along the last axis, in descending order; of equals, the first. */
  topK(x: Value, count: number): { values: Value; indices: Value } {
    const name = this.#nextName("TopK");
    const values = { name: `${name}/values` };
    const indices = { name: `${name}/indices` };
    this.#push(name, "TopK", [x, this.integers([count])], {}, [values, indices]);
    return { values, indices };
  }

  /** @returns two halves; up to version 17 */
  split(x: Value, axis: number): [Value, Value] {
    const name = this.#nextName("Split");
    const first = { name: `${name}/0` };
    const second = { name: `${name}/1` };
    this.#push(name, "Split", [x], { axis: int(axis) }, [first, second]);
    return [first, second];
  }

  /** Scalars, int64; `end` is left out. */
  range(start: Value, end: Value, step: Value): Value {
    return this.#add("Range", [start, end, step]);
  }

  /** With zeros. @param pads of each axis before, then of each axis after */
  pad(x: Value, pads: readonly number[]): Value {
    return this.#add("Pad", [x, this.integers(pads)]);
  }

  /** @param pads as of `pad`, of the axes after the channels */
  convolution(
    x: Value,
    weight: Value,
    bias: Value | null,
    { strides, pads, groups, dilations = strides.map(() => 1) }: ConvolutionSettings,
  ): Value {
    return this.#add("Conv", bias === null ? [x, weight] : [x, weight, bias], {
      strides: ints(strides),
      dilations: ints(dilations),
      pads: ints(pads),
      group: int(groups),
    });
  }

  /**
   * One layer, forwards.
   *
   * @param x [time, batch, inputs]
   * @param hidden [1, batch, width], like `cell`
   * @returns outputs [time, 1, batch, width] and the states after them
   */
  lstm(x: Value, { inputWeight, hiddenWeight, bias, hidden, cell, width }: LstmLayer) {
    const name = this.#nextName("LSTM");
    const outputs = { name };
    const nextHidden = { name: `${name}/hidden` };
    const nextCell = { name: `${name}/cell` };
    const inputs = [x, inputWeight, hiddenWeight, bias, null, hidden, cell];
    const attributes = { hidden_size: int(width) };
    this.#push(name, "LSTM", inputs, attributes, [outputs, nextHidden, nextCell]);
    return { outputs, hidden: nextHidden, cell: nextCell };
  }

  /** An operator that has no method here, with one output. */
  node(operator: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return this.#add(operator, inputs, attributes);
  }

  /** @param name the graph's */
  build(name: string): DeferredGraph {
    const { nodes, inputs, outputs, initializers } = this.#parts;
    return { name, nodes, inputs, outputs, initializers: [...initializers.values()] };
  }

  #add(operator: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    const name = this.#nextName(operator);
    this.#push(name, operator, inputs, attributes, [{ name }]);
    return { name };
  }

  #nextName(operator: string): string {
    return this.#parts.nextName(this.#scope === "" ? operator : `${this.#scope}/${operator}`);
  }

  #push(
    name: string,
    operator: string,
    inputs: readonly (Value | null)[],
    attributes: Attributes,
    outputs: readonly Value[],
  ): void {
    this.#parts.nodes.push({
      domain: "",
      operator,
      name,
      inputs: inputs.map((input) => input?.name ?? ""),
      outputs: outputs.map((output) => output.name),
      attributes,
    });
  }
}

function int(value: number): OnnxAttribute {
  return { type: "int", value };
}

function ints(value: readonly number[]): OnnxAttribute {
  return { type: "ints", value };
}
