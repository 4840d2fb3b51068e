import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** Called for every field of a message; one that reads nothing leaves the field to be skipped. */
type FieldReader = (field: number, reader: BinaryReader, wireType: WireType) => void;

/** Walks a message's fields. @throws whatever the wire reader throws on damaged bytes */
export function readFields(bytes: Uint8Array, readField: FieldReader): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    const before = reader.pos;
    readField(field, reader, wireType);
    if (reader.pos === before) reader.skip(wireType, field);
  }
}

/** A varint that must fit a double: a dimension, a length, an offset. */
export function readSize(reader: BinaryReader): number {
  const value = Number(reader.int64());
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is out of range`);
  return value;
}

/** Repeated integers, packed or not. */
export function readInts(reader: BinaryReader, wireType: WireType, into: number[]): void {
  if (wireType !== WireType.LengthDelimited) {
    into.push(Number(reader.int64()));
    return;
  }
  const end = reader.uint32() + reader.pos;
  while (reader.pos < end) into.push(Number(reader.int64()));
}
