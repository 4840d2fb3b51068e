import { BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { ModelError } from "../errors";
import { encodeAttribute, encodeTensor } from "./encode-tensor";
import { elementTypes, type OnnxModel, type OnnxNode, type OnnxValue } from "./onnx-model";

/** Bytes of a protocol-buffer message, and so of a single-file model, at most. */
const messageLimitBytes = 2 ** 31 - 1;

/**
 * Encodes a model as `ModelProto` of `onnx.proto`. Of external tensors it encodes the location.
 *
 * @throws ModelError `refused` when the inline tensors take more than 2 GiB
 */
export function encodeModel(model: OnnxModel): Uint8Array {
  const inlineBytes = model.graph.initializers.reduce(
    (sum, { data }) => sum + (data instanceof Uint8Array ? data.byteLength : 0),
    0,
  );
  if (inlineBytes > messageLimitBytes) {
    throw new ModelError(
      "refused",
      `graph ${model.graph.name}: ${inlineBytes} bytes of inline tensors exceed 2 GiB; ` +
        "some must be external",
    );
  }
  const writer = new BinaryWriter();
  writer.tag(1, WireType.Varint).int64(model.irVersion);
  writer.tag(2, WireType.LengthDelimited).string(model.producer);
  writer.tag(7, WireType.LengthDelimited).fork();
  encodeGraph(writer, model);
  writer.join();
  for (const [domain, version] of Object.entries(model.operatorSets)) {
    writer.tag(8, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(domain);
    writer.tag(2, WireType.Varint).int64(version);
    writer.join();
  }
  for (const [key, value] of Object.entries(model.metadata)) {
    writer.tag(14, WireType.LengthDelimited).fork();
    writer.tag(1, WireType.LengthDelimited).string(key);
    writer.tag(2, WireType.LengthDelimited).string(value);
    writer.join();
  }
  return writer.finish();
}

function encodeGraph(writer: BinaryWriter, { graph }: OnnxModel): void {
  for (const node of graph.nodes) {
    writer.tag(1, WireType.LengthDelimited).fork();
    encodeNode(writer, node);
    writer.join();
  }
  writer.tag(2, WireType.LengthDelimited).string(graph.name);
  for (const tensor of graph.initializers) {
    writer.tag(5, WireType.LengthDelimited).fork();
    encodeTensor(writer, tensor);
    writer.join();
  }
  for (const [field, values] of [
    [11, graph.inputs],
    [12, graph.outputs],
  ] as const) {
    for (const value of values) {
      writer.tag(field, WireType.LengthDelimited).fork();
      encodeValue(writer, value);
      writer.join();
    }
  }
}

function encodeNode(writer: BinaryWriter, node: OnnxNode): void {
  for (const input of node.inputs) writer.tag(1, WireType.LengthDelimited).string(input);
  for (const output of node.outputs) writer.tag(2, WireType.LengthDelimited).string(output);
  writer.tag(3, WireType.LengthDelimited).string(node.name);
  writer.tag(4, WireType.LengthDelimited).string(node.operator);
  for (const [name, attribute] of Object.entries(node.attributes)) {
    encodeAttribute(writer.tag(5, WireType.LengthDelimited), name, attribute);
  }
  if (node.domain !== "") writer.tag(7, WireType.LengthDelimited).string(node.domain);
}

/** `ValueInfoProto` of a tensor. */
function encodeValue(writer: BinaryWriter, value: OnnxValue): void {
  writer.tag(1, WireType.LengthDelimited).string(value.name);
  const type = writer.tag(2, WireType.LengthDelimited).fork();
  const tensorType = type.tag(1, WireType.LengthDelimited).fork();
  tensorType.tag(1, WireType.Varint).int32(elementTypes[value.elementType]);
  const shape = tensorType.tag(2, WireType.LengthDelimited).fork();
  for (const dimension of value.dims) {
    shape.tag(1, WireType.LengthDelimited).fork();
    if (typeof dimension === "number") shape.tag(1, WireType.Varint).int64(dimension);
    else shape.tag(2, WireType.LengthDelimited).string(dimension);
    shape.join();
  }
  writer.join().join().join();
}
