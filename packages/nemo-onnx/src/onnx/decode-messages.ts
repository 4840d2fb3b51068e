import { WireType, type BinaryReader } from "@bufbuild/protobuf/wire";
import { ModelError } from "../errors";
import {
  elementTypes,
  type ElementType,
  type OnnxAttribute,
  type OnnxNode,
  type OnnxTensor,
  type OnnxValue,
} from "./onnx-model";
import { decodeTensorData } from "./decode-tensor-data";
import { readFields, readInts, readSize } from "./read-fields";

const elementTypesByCode = new Map<number, ElementType>(
  Object.entries(elementTypes).map(([name, code]) => [code, name as ElementType]),
);

/** `StringStringEntryProto`. */
export function decodeEntry(bytes: Uint8Array): [key: string, value: string] {
  let key = "";
  let value = "";
  readFields(bytes, (field, reader) => {
    if (field === 1) key = reader.string();
    else if (field === 2) value = reader.string();
  });
  return [key, value];
}

/** `TensorProto`. */
export function decodeTensor(bytes: Uint8Array): OnnxTensor {
  let name = "";
  let type = 0;
  const dims: number[] = [];
  const external = new Map<string, string>();
  readFields(bytes, (field, reader, wireType) => {
    if (field === 1) readInts(reader, wireType, dims);
    else if (field === 2) type = reader.int32();
    else if (field === 8) name = reader.string();
    else if (field === 13) {
      const [key, value] = decodeEntry(reader.bytes());
      external.set(key, value);
    }
  });
  const elementType = elementTypeOf(type, `tensor ${name}`);
  const location = external.get("location");
  if (location === undefined) {
    return { name, elementType, dims, data: decodeTensorData(bytes, elementType) };
  }
  const offset = Number(external.get("offset") ?? 0);
  const length = Number(external.get("length") ?? 0);
  return { name, elementType, dims, data: { location, offset, length } };
}

/** `NodeProto`. */
export function decodeNode(bytes: Uint8Array): OnnxNode {
  const inputs: string[] = [];
  const outputs: string[] = [];
  const attributes: Record<string, OnnxAttribute> = {};
  const node = { domain: "", operator: "", name: "" };
  readFields(bytes, (field, reader) => {
    if (field === 1) inputs.push(reader.string());
    else if (field === 2) outputs.push(reader.string());
    else if (field === 3) node.name = reader.string();
    else if (field === 4) node.operator = reader.string();
    else if (field === 7) node.domain = reader.string();
    else if (field === 5) {
      const [name, attribute] = decodeAttribute(reader.bytes());
      attributes[name] = attribute;
    }
  });
  return { ...node, inputs, outputs, attributes };
}

/** `ValueInfoProto` of a tensor; an unknown dimension gets an empty name. */
export function decodeValue(bytes: Uint8Array): OnnxValue {
  let name = "";
  let type = 0;
  const dims: (number | string)[] = [];
  readFields(bytes, (field, reader) => {
    if (field === 1) name = reader.string();
    else if (field === 2) {
      readFields(reader.bytes(), (kind, typeReader) => {
        if (kind !== 1) return;
        readFields(typeReader.bytes(), (part, tensorReader) => {
          if (part === 1) type = tensorReader.int32();
          else if (part === 2) {
            readFields(tensorReader.bytes(), (member, shapeReader) => {
              if (member === 1) dims.push(decodeDimension(shapeReader.bytes()));
            });
          }
        });
      });
    }
  });
  return { name, elementType: elementTypeOf(type, `value ${name}`), dims };
}

function decodeDimension(bytes: Uint8Array): number | string {
  let dimension: number | string = "";
  readFields(bytes, (field, reader) => {
    if (field === 1) dimension = readSize(reader);
    else if (field === 2) dimension = reader.string();
  });
  return dimension;
}

function decodeAttribute(bytes: Uint8Array): [name: string, attribute: OnnxAttribute] {
  let name = "";
  let type = 0;
  let single: OnnxAttribute = { type: "opaque", value: bytes };
  const ints: number[] = [];
  const floats: number[] = [];
  const strings: string[] = [];
  readFields(bytes, (field, reader, wireType) => {
    if (field === 1) name = reader.string();
    else if (field === 2) single = { type: "float", value: reader.float() };
    else if (field === 3) single = { type: "int", value: Number(reader.int64()) };
    else if (field === 4) single = { type: "string", value: reader.string() };
    else if (field === 5) single = decodeTensorAttribute(reader.bytes(), bytes);
    else if (field === 7) readFloats(reader, wireType, floats);
    else if (field === 8) readInts(reader, wireType, ints);
    else if (field === 9) strings.push(reader.string());
    else if (field === 20) type = reader.int32();
  });
  if (type === 6) return [name, { type: "floats", value: floats }];
  if (type === 7) return [name, { type: "ints", value: ints }];
  if (type === 8) return [name, { type: "strings", value: strings }];
  // Writers may omit fields that hold the default value.
  if (type === 1 && isOpaque(single)) return [name, { type: "float", value: 0 }];
  if (type === 2 && isOpaque(single)) return [name, { type: "int", value: 0 }];
  if (type === 3 && isOpaque(single)) return [name, { type: "string", value: "" }];
  return [name, single];
}

/** A tensor attribute; one of an unknown element type is kept as opaque bytes. */
function decodeTensorAttribute(bytes: Uint8Array, whole: Uint8Array): OnnxAttribute {
  try {
    return { type: "tensor", value: decodeTensor(bytes) };
  } catch (error) {
    if (error instanceof ModelError) return { type: "opaque", value: whole };
    throw error;
  }
}

function isOpaque(attribute: OnnxAttribute): boolean {
  return attribute.type === "opaque";
}

function readFloats(reader: BinaryReader, wireType: WireType, into: number[]): void {
  if (wireType !== WireType.LengthDelimited) {
    into.push(reader.float());
    return;
  }
  const end = reader.uint32() + reader.pos;
  while (reader.pos < end) into.push(reader.float());
}

/** @param owner the tensor or value, for error messages */
function elementTypeOf(code: number, owner: string): ElementType {
  const elementType = elementTypesByCode.get(code);
  if (elementType === undefined) {
    throw new ModelError("unsupported", `${owner}: element type ${code}`);
  }
  return elementType;
}
