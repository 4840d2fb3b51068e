import { deferred, type DeferredGraph, type DeferredTensor } from "./deferred-model";
import { GraphParts } from "./graph-parts";
import type { ConvolutionSettings, LstmLayer, Position, Value } from "./graph-values";
import { elementTypes, type ElementType, type OnnxAttribute, type OnnxValue } from "./onnx-model";

/** `end` of a slice that reaches to the end of its axis. */
export const sliceEnd = Number.MAX_SAFE_INTEGER;

type Attributes = Readonly<Record<string, OnnxAttribute>>;

/**
 * Builds a graph of standard ONNX operators (operator set 17 unless noted) node by node. Methods
 * are named after operators and return the node's output. Node names consist of scope, operator and
 * a counter: `encoder.layers.0.conv/Conv_0`.
 */
export class GraphBuilder {
  readonly #parts: GraphParts;
  readonly #scope: string;

  constructor(parts = new GraphParts(), scope = "") {
    this.#parts = parts;
    this.#scope = scope;
  }

  /** A builder of the same graph that names its nodes after another scope. */
  inScope(scope: string): GraphBuilder {
    return new GraphBuilder(this.#parts, scope);
  }

  input(name: string, elementType: ElementType, dims: OnnxValue["dims"]): Value {
    this.#parts.inputs.push({ name, elementType, dims });
    return { name };
  }

  /** Makes `value` an output of the graph named `name`. */
  output(name: string, value: Value, elementType: ElementType, dims: OnnxValue["dims"]): void {
    this.#parts.outputs.push({ name, elementType, dims });
    this.#push(`output/${name}`, "Identity", [value], {}, [{ name }]);
  }

  /** A weight. Tensors of the same name are stored once. */
  initializer(tensor: DeferredTensor): Value {
    this.#parts.initializers.set(tensor.name, tensor);
    return { name: tensor.name };
  }

  /** A float32 constant without dimensions. */
  scalar(value: number): Value {
    return this.initializer(deferred(`float_${value}`, Float32Array.of(value), []));
  }

  /** An int64 constant without dimensions. */
  integer(value: number): Value {
    return this.initializer(deferred(`int_${value}`, BigInt64Array.of(BigInt(value)), []));
  }

  /** An int64 constant [n]. */
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

  /** Division; of integers, rounded towards zero. */
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

  /** In `shape`, 0 keeps the length of that axis and -1 stands for the remaining elements. */
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

  /** Selects by index along one axis; a scalar index removes the axis. */
  gather(x: Value, indices: Value, axis: number): Value {
    return this.#add("Gather", [x, indices], { axis: int(axis) });
  }

  /** The `count` largest values along the last axis, descending; among equals, the first ones. */
  topK(x: Value, count: number): { values: Value; indices: Value } {
    const name = this.#nextName("TopK");
    const values = { name: `${name}/values` };
    const indices = { name: `${name}/indices` };
    this.#push(name, "TopK", [x, this.integers([count])], {}, [values, indices]);
    return { values, indices };
  }

  /** Two equal halves; the form of operator sets up to 17. */
  split(x: Value, axis: number): [Value, Value] {
    const name = this.#nextName("Split");
    const first = { name: `${name}/0` };
    const second = { name: `${name}/1` };
    this.#push(name, "Split", [x], { axis: int(axis) }, [first, second]);
    return [first, second];
  }

  /** int64 values from `start` up to but not including `end`; all arguments are int64 scalars. */
  range(start: Value, end: Value, step: Value): Value {
    return this.#add("Range", [start, end, step]);
  }

  /** Pads with zeros. @param pads before each axis, then after each axis */
  pad(x: Value, pads: readonly number[]): Value {
    return this.#add("Pad", [x, this.integers(pads)]);
  }

  /** @param pads before each spatial axis, then after each spatial axis */
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
   * One unidirectional layer, forwards in time.
   *
   * @param x [time, batch, inputs]
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

  /** A node of an operator without a method here, with one output. */
  node(operator: string, inputs: readonly Value[], attributes: Attributes = {}): Value {
    return this.#add(operator, inputs, attributes);
  }

  /** The finished graph. */
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
