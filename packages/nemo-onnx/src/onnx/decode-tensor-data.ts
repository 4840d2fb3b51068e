import { WireType } from "@bufbuild/protobuf/wire";
import { ModelError } from "../errors";
import type { ElementType } from "./onnx-model";
import { readFields, readInts } from "./read-fields";

/**
 * The data of a `TensorProto` in the format of `raw_data`. Writers may use the typed fields
 * instead: `float_data`, `int64_data`, `double_data`, and `int32_data` for all smaller types.
 *
 * @throws ModelError `unsupported` for string tensors
 */
export function decodeTensorData(bytes: Uint8Array, elementType: ElementType): Uint8Array {
  let raw: Uint8Array = new Uint8Array(0);
  const integers: number[] = [];
  const packed: Uint8Array[] = [];
  readFields(bytes, (field, reader, wireType) => {
    if (field === 9) raw = reader.bytes();
    else if (field === 5 || field === 7) readInts(reader, wireType, integers);
    // Packed floats and doubles are little-endian already, and so is a single unpacked value.
    else if (field === 4 || field === 10) {
      packed.push(
        wireType === WireType.LengthDelimited ? reader.bytes() : reader.skip(wireType, field),
      );
    }
  });
  if (elementType === "string") throw new ModelError("unsupported", "string tensor");
  if (packed.length > 0) return Buffer.concat(packed);
  return integers.length > 0 ? toBytes(integers, elementType) : raw;
}

function toBytes(values: readonly number[], elementType: ElementType): Uint8Array {
  const typed =
    elementType === "int64"
      ? BigInt64Array.from(values, BigInt)
      : elementType === "int32"
        ? Int32Array.from(values)
        : elementType === "float16" || elementType === "bfloat16"
          ? Uint16Array.from(values)
          : Uint8Array.from(values);
  return new Uint8Array(typed.buffer);
}
