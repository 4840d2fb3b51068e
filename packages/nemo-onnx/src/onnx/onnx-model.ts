/**
 * An ONNX model in memory: the part of `onnx.proto` (IR version 8 and later) that this package
 * reads and writes. Names follow the specification.
 */

/** `TensorProto.DataType`. */
export const elementTypes = {
  float32: 1,
  uint8: 2,
  int8: 3,
  int32: 6,
  int64: 7,
  string: 8,
  bool: 9,
  float16: 10,
  float64: 11,
  bfloat16: 16,
  uint4: 21,
  int4: 22,
} as const;
export type ElementType = keyof typeof elementTypes;

/** Position of a tensor's data in a file beside the model: `TensorProto.external_data`. */
export type ExternalData = {
  /** File name, relative to the model's folder. */
  location: string;
  /** Bytes. */
  offset: number;
  length: number;
};

/** A tensor; its data are little-endian and row-major. */
export type OnnxTensor = {
  name: string;
  elementType: ElementType;
  dims: readonly number[];
  data: Uint8Array | ExternalData;
};

export type OnnxAttribute =
  | { type: "int"; value: number }
  | { type: "float"; value: number }
  | { type: "string"; value: string }
  | { type: "ints"; value: readonly number[] }
  | { type: "floats"; value: readonly number[] }
  | { type: "strings"; value: readonly string[] }
  | { type: "tensor"; value: OnnxTensor }
  /** An attribute that is copied undecoded: the bytes of the whole `AttributeProto`. */
  | { type: "opaque"; value: Uint8Array };

export type OnnxNode = {
  /** Empty for the standard operators. */
  domain: string;
  operator: string;
  name: string;
  /** An empty name stands for an omitted optional input. */
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Readonly<Record<string, OnnxAttribute>>;
};

/** A graph's input or output. A dimension is a number when fixed and a name when dynamic. */
export type OnnxValue = {
  name: string;
  elementType: ElementType;
  dims: readonly (number | string)[];
};

export type OnnxGraph = {
  name: string;
  nodes: readonly OnnxNode[];
  inputs: readonly OnnxValue[];
  outputs: readonly OnnxValue[];
  initializers: readonly OnnxTensor[];
};

export type OnnxModel = {
  irVersion: number;
  producer: string;
  /** Operator-set version by domain; "" is the standard one. */
  operatorSets: Readonly<Record<string, number>>;
  /** `metadata_props`. */
  metadata: Readonly<Record<string, string>>;
  graph: OnnxGraph;
};
