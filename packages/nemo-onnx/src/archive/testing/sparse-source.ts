import { byteSource, type ByteSource } from "../byte-source";

/** Bytes at a position of the source; bytes that no piece covers are zero. */
export type SparsePiece = { position: number; bytes: Uint8Array };

export type SparseContent = { size: number; pieces: readonly SparsePiece[] };

/** A source made of a few pieces, so that a test can have one larger than its memory. */
export function sparseSource(name: string, { size, pieces }: SparseContent): ByteSource {
  return byteSource(name, size, (target, position) => {
    target.fill(0);
    for (const piece of pieces) {
      const start = Math.max(position, piece.position);
      const end = Math.min(position + target.length, piece.position + piece.bytes.length);
      if (start >= end) continue;
      const part = piece.bytes.subarray(start - piece.position, end - piece.position);
      target.set(part, start - position);
    }
    return Promise.resolve();
  });
}

/** A source over bytes in memory. */
export function memorySource(name: string, bytes: Uint8Array): ByteSource {
  return sparseSource(name, { size: bytes.length, pieces: [{ position: 0, bytes }] });
}

/** The whole content as one array, gaps filled with zeros. */
export function joinPieces({ size, pieces }: SparseContent): Uint8Array {
  const joined = new Uint8Array(size);
  for (const { position, bytes } of pieces) joined.set(bytes, position);
  return joined;
}
