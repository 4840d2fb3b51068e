import { open, type FileHandle } from "node:fs/promises";
import { buildTar } from "@parley/nemo-onnx/archive/testing/build-tar";
import type { Checkpoint, CheckpointTensor } from "@parley/nemo-onnx/checkpoint/checkpoint";
import { buildWeights } from "@parley/nemo-onnx/checkpoint/testing/build-weights";

const tarBlock = 512;

/**
 * Writes a checkpoint of float32 tensors as a `.nemo` file: a tar of the configuration, the
 * tokenizer and a zip as `torch.save` writes it. Tensors are made and written one by one.
 *
 * @returns bytes of the file
 */
export async function writeArchive(path: string, checkpoint: Checkpoint): Promise<number> {
  const tensors = [...checkpoint.tensors.values()];
  const { size, pieces } = buildWeights(weightsOf(tensors));
  const small = [{ path: "model_config.yaml", content: JSON.stringify(checkpoint.config) }];
  for (const name of checkpoint.members) {
    const content = await checkpoint.readMember(name);
    small.push({ path: name, content: Buffer.from(content).toString() });
  }
  const sizeField = `${size.toString(8).padStart(11, "0")}\0`;
  const members = buildTar([...small, { path: "model_weights.ckpt", sizeField }]);
  const weightsStart = members.length - 2 * tarBlock;
  const end = weightsStart + Math.ceil(size / tarBlock) * tarBlock + 2 * tarBlock;

  const file = await open(path, "wx");
  try {
    await writeAll(file, members.subarray(0, weightsStart), 0);
    for (const piece of pieces) await writeAll(file, piece.bytes, weightsStart + piece.position);
    for (const [index, start] of gaps(pieces).entries()) {
      const values = await tensors[index]?.read();
      if (values === undefined) throw new TypeError("there are more gaps than tensors");
      await writeAll(file, new Uint8Array(values.buffer), weightsStart + start);
    }
    // Gaps of the sparse file read as zeros.
    await file.truncate(end);
  } finally {
    await file.close();
  }
  return end;
}

function weightsOf(tensors: readonly CheckpointTensor[]) {
  const counts = tensors.map(({ shape }) => shape.reduce((count, length) => count * length, 1));
  return {
    tensors: Object.fromEntries(
      tensors.map(({ name, shape }, index) => {
        const strides = shape.map((_, axis) =>
          shape.slice(axis + 1).reduce((step, length) => step * length, 1),
        );
        const key = String(index);
        return [name, { key, stored: counts[index] ?? 0, shape, strides }] as const;
      }),
    ),
    storages: Object.fromEntries(counts.map((count, index) => [String(index), 4 * count])),
  };
}

/** Offsets of the storages, which follow each other without gaps. */
function gaps(pieces: readonly { position: number; bytes: Uint8Array }[]): number[] {
  return pieces.flatMap(({ position, bytes }, index) => {
    const end = position + bytes.length;
    const next = pieces[index + 1];
    return next !== undefined && next.position > end ? [end] : [];
  });
}

async function writeAll(file: FileHandle, bytes: Uint8Array, position: number): Promise<void> {
  for (let written = 0; written < bytes.length;) {
    const rest = bytes.subarray(written);
    const result = await file.write(rest, 0, rest.length, position + written);
    written += result.bytesWritten;
  }
}
