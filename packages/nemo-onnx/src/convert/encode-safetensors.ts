import { bytesOf } from "../onnx/deferred-model";

/** Alignment of tensor data in bytes; the header is padded with spaces accordingly. */
const alignment = 8;

/** Encodes float32 tensors in the safetensors format (huggingface.co/docs/safetensors). */
export function encodeSafetensors(
  tensors: Readonly<Record<string, { shape: readonly number[]; values: Float32Array }>>,
): Uint8Array {
  const header: Record<string, unknown> = {};
  let end = 0;
  for (const [name, { shape, values }] of Object.entries(tensors)) {
    header[name] = { dtype: "F32", shape, data_offsets: [end, end + values.byteLength] };
    end += values.byteLength;
  }
  const json = JSON.stringify(header);
  const text = Buffer.from(json.padEnd(Math.ceil(json.length / alignment) * alignment));
  const length = Buffer.alloc(8);
  length.writeBigUInt64LE(BigInt(text.byteLength));
  const values = Object.values(tensors).map((tensor) => bytesOf(tensor.values));
  return Buffer.concat([length, text, ...values]);
}
