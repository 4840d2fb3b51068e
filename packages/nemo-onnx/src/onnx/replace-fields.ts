import { BinaryReader, BinaryWriter, WireType } from "@bufbuild/protobuf/wire";
import { elementTypes, type OnnxValue } from "./onnx-model";

/** A message as a list of byte ranges, mostly views of the original: weights are copied once. */
export type Pieces = Uint8Array[];

/**
 * Copies a message's fields, replacing the content of some length-delimited ones.
 *
 * @param replace returns the new content, or null to keep the field
 */
export function replaceFields(
  bytes: Uint8Array,
  replace: (field: number, body: Uint8Array) => Pieces | null,
): Pieces {
  const reader = new BinaryReader(bytes);
  const pieces: Pieces = [];
  let keptFrom = 0;
  while (reader.pos < reader.len) {
    const start = reader.pos;
    const [field, wireType] = reader.tag();
    if (wireType !== WireType.LengthDelimited) {
      reader.skip(wireType, field);
      continue;
    }
    const body = replace(field, reader.bytes());
    if (body === null) continue;
    pieces.push(bytes.subarray(keptFrom, start), ...delimited(field, body));
    keptFrom = reader.pos;
  }
  pieces.push(bytes.subarray(keptFrom));
  return pieces;
}

/** The pieces as one array. */
export function concatenate(pieces: Pieces): Uint8Array {
  const joined = new Uint8Array(pieces.reduce((total, piece) => total + piece.length, 0));
  let position = 0;
  for (const piece of pieces) {
    joined.set(piece, position);
    position += piece.length;
  }
  return joined;
}

/** A length-delimited field with the content `body`. */
export function delimited(field: number, body: Pieces): Pieces {
  const length = body.reduce((total, piece) => total + piece.length, 0);
  const head = new BinaryWriter().tag(field, WireType.LengthDelimited).uint32(length).finish();
  return [head, ...body];
}

/** A `ValueInfoProto`; a dimension with an empty name is encoded as unknown. */
export function encodeValueInfo({ name, elementType, dims }: OnnxValue): Uint8Array {
  const writer = new BinaryWriter();
  const open = (field: number) => writer.tag(field, WireType.LengthDelimited).fork();
  writer.tag(1, WireType.LengthDelimited).string(name);
  open(2);
  open(1);
  writer.tag(1, WireType.Varint).int32(elementTypes[elementType]);
  open(2);
  for (const dimension of dims) {
    open(1);
    if (typeof dimension === "number") writer.tag(1, WireType.Varint).int64(dimension);
    else if (dimension !== "") writer.tag(2, WireType.LengthDelimited).string(dimension);
    writer.join();
  }
  return writer.join().join().join().finish();
}
