import { readBytes, sourcePart, type ByteSource } from "../archive/byte-source";
import { openFileSource } from "../archive/file-source";
import type { CheckpointTensor } from "../checkpoint/checkpoint";
import { checkLayout, countElements, rowMajorStrides } from "../checkpoint/tensor-layout";
import { readTensor } from "../checkpoint/read-tensor";
import { ModelError } from "../errors";
import { parseSafetensorsHeader, type SafetensorsEntry } from "./safetensors-header";

/** An opened safetensors file; values are read on demand. */
export type Safetensors = {
  /** Path of the file, for error messages. */
  readonly file: string;
  /** By name, in the header's order. */
  readonly tensors: ReadonlyMap<string, CheckpointTensor>;
  /** Idempotent. */
  close(): Promise<void>;
};

/** Bytes of the header length, which the file begins with. */
const lengthBytes = 8;
/** Bytes of the header at most, as the format defines. */
const headerLimitBytes = 100_000_000;

/** @throws ModelError when the file is damaged or has unsupported element types */
export async function openSafetensors(file: string): Promise<Safetensors> {
  const source = await openFileSource(file);
  try {
    const tensors = await listTensors(source);
    let closed: Promise<void> | undefined;
    return { file, tensors, close: () => (closed ??= source.close()) };
  } catch (error) {
    await source.close();
    throw error;
  }
}

async function listTensors(source: ByteSource): Promise<ReadonlyMap<string, CheckpointTensor>> {
  const length = new DataView((await readBytes(source, 0, lengthBytes)).buffer);
  const headerBytes = Number(length.getBigUint64(0, true));
  if (headerBytes > headerLimitBytes) {
    throw new ModelError("refused", `${source.name}: header of ${headerBytes} bytes`);
  }
  const header = Buffer.from(await readBytes(source, lengthBytes, headerBytes)).toString("utf8");
  const offset = lengthBytes + headerBytes;
  const size = source.size - offset;
  const data = sourcePart(source, { name: "data", offset, size });
  const entries = parseSafetensorsHeader(header, size, source.name);
  return new Map(entries.map((entry) => [entry.name, tensorOf(data, entry)]));
}

function tensorOf(data: ByteSource, entry: SafetensorsEntry): CheckpointTensor {
  const { name, elementType, shape, start, end } = entry;
  const layout = { shape, strides: rowMajorStrides(shape), offset: 0 };
  const bytes = sourcePart(data, { name, offset: start, size: end - start });
  checkLayout(layout, countElements(shape), bytes.name);
  return { name, elementType, shape, read: () => readTensor(bytes, elementType, layout) };
}
