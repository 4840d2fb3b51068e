/**
 * An ONNX model in memory: the part of `onnx.proto` (IR version 8 and later) that is read and
 * written here. Names follow the specification; nothing is interpreted.
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

/** Where a tensor's bytes lie when not in the model file: `TensorProto.external_data`. */
export type ExternalData = {
  /** File name beside the model. */
  location: string;
  /** Bytes. */
  offset: number;
  length: number;
};

/** Little-endian, row by row. */
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
  /** One that is only carried through: the bytes of the whole `AttributeProto`. */
  | { type: "opaque"; value: Uint8Array };

export type OnnxNode = {
  /** Empty for the standard operators. */
  domain: string;
  operator: string;
  name: string;
  /** An empty name stands for an optional input left out. */
  inputs: readonly string[];
  outputs: readonly string[];
  attributes: Readonly<Record<string, OnnxAttribute>>;
};

/** A graph's input or output. A dimension is a number where fixed and a name where free. */
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
