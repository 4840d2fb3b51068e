import { type BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { elementTypes, type OnnxAttribute, type OnnxTensor } from "./onnx-model";

/** `TensorProto.DataLocation.EXTERNAL`. */
const externalLocation = 1;

/** `AttributeProto.AttributeType`. */
const attributeTypes = {
  float: 1,
  int: 2,
  string: 3,
  tensor: 4,
  floats: 6,
  ints: 7,
  strings: 8,
} as const;

/** Writes the fields of a `TensorProto`. */
export function encodeTensor(writer: BinaryWriter, tensor: OnnxTensor): void {
  for (const length of tensor.dims) writer.tag(1, WireType.Varint).int64(length);
  writer.tag(2, WireType.Varint).int32(elementTypes[tensor.elementType]);
  writer.tag(8, WireType.LengthDelimited).string(tensor.name);
  const { data } = tensor;
  if (data instanceof Uint8Array) {
    writer.tag(9, WireType.LengthDelimited).bytes(data);
    return;
  }
  for (const key of ["location", "offset", "length"] as const) {
    writer.tag(13, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(key);
    writer.tag(2, WireType.LengthDelimited).string(String(data[key]));
    writer.join();
  }
  writer.tag(14, WireType.Varint).int32(externalLocation);
}

/** Writes an `AttributeProto`, preceded by its length. */
export function encodeAttribute(
  writer: BinaryWriter,
  name: string,
  attribute: OnnxAttribute,
): void {
  if (attribute.type === "opaque") {
    writer.bytes(attribute.value);
    return;
  }
  writer.fork();
  writer.tag(1, WireType.LengthDelimited).string(name);
  encodeAttributeValue(writer, attribute);
  writer.tag(20, WireType.Varint).int32(attributeTypes[attribute.type]);
  writer.join();
}

function encodeAttributeValue(
  writer: BinaryWriter,
  attribute: Exclude<OnnxAttribute, { type: "opaque" }>,
): void {
  switch (attribute.type) {
    case "float":
      writer.tag(2, WireType.Bit32).float(attribute.value);
      return;
    case "int":
      writer.tag(3, WireType.Varint).int64(attribute.value);
      return;
    case "string":
      writer.tag(4, WireType.LengthDelimited).string(attribute.value);
      return;
    case "tensor":
      writer.tag(5, WireType.LengthDelimited).fork();
      encodeTensor(writer, attribute.value);
      writer.join();
      return;
    case "floats":
      for (const value of attribute.value) writer.tag(7, WireType.Bit32).float(value);
      return;
    case "ints":
      for (const value of attribute.value) writer.tag(8, WireType.Varint).int64(value);
      return;
    case "strings":
      for (const value of attribute.value) writer.tag(9, WireType.LengthDelimited).string(value);
      return;
  }
}
