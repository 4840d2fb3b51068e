import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";

/** Called for each field of a message; a field that it does not read is skipped. */
type FieldReader = (field: number, reader: BinaryReader, wireType: WireType) => void;

/**
 * Calls `readField` for each field of a message.
 *
 * @throws errors of the wire reader on damaged bytes
 */
export function readFields(bytes: Uint8Array, readField: FieldReader): void {
  const reader = new BinaryReader(bytes);
  while (reader.pos < reader.len) {
    const [field, wireType] = reader.tag();
    const before = reader.pos;
    readField(field, reader, wireType);
    if (reader.pos === before) reader.skip(wireType, field);
  }
}

/** A varint that must be a safe integer: a dimension, a length, an offset. */
export function readSize(reader: BinaryReader): number {
  const value = Number(reader.int64());
  if (!Number.isSafeInteger(value)) throw new RangeError(`${value} is out of range`);
  return value;
}

/** Appends repeated integers, packed or not, to `into`. */
export function readInts(reader: BinaryReader, wireType: WireType, into: number[]): void {
  if (wireType !== WireType.LengthDelimited) {
    into.push(Number(reader.int64()));
    return;
  }
  const end = reader.uint32() + reader.pos;
  while (reader.pos < end) into.push(Number(reader.int64()));
}
