import { readFileSync } from "node:fs";

export type RecordedTensor = { shape: number[]; data: Float32Array };

type Header = Record<string, { dtype: string; shape: number[]; data_offsets: [number, number] }>;

/** Reads the float32 tensors of a safetensors file: length, JSON header, data. */
export function loadTensors(path: URL | string): Map<string, RecordedTensor> {
  const bytes = new Uint8Array(readFileSync(path));
  const headerBytes = Number(new DataView(bytes.buffer).getBigUint64(0, true));
  const body = 8 + headerBytes;
  const header = JSON.parse(new TextDecoder().decode(bytes.subarray(8, body))) as Header;
  const tensors = new Map<string, RecordedTensor>();
  for (const [name, { dtype, shape, data_offsets: range }] of Object.entries(header)) {
    if (dtype !== "F32") continue;
    const [start, end] = range;
    tensors.set(name, {
      shape,
      data: new Float32Array(bytes.slice(body + start, body + end).buffer),
    });
  }
  return tensors;
}

export function tensorOf(tensors: Map<string, RecordedTensor>, name: string): RecordedTensor {
  const tensor = tensors.get(name);
  if (tensor === undefined) throw new TypeError(`no tensor ${name}`);
  return tensor;
}
