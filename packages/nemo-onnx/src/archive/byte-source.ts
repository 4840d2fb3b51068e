import { ModelError } from "../errors";

/** Bytes that are read by position: a file, or a part of one. */
export type ByteSource = {
  /** For messages: the file, and the way into it, such as `a.nemo: model_weights.ckpt`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /**
   * Fills the whole of `target` with the bytes from `position` on.
   *
   * @throws ModelError `malformed` when they do not all lie within the source
   */
  readInto(target: Uint8Array, position: number): Promise<void>;
};

/** A source over any positional read; ranges are checked before `readInto` is called. */
export function byteSource(
  name: string,
  size: number,
  readInto: (target: Uint8Array, position: number) => Promise<void>,
): ByteSource {
  return {
    name,
    size,
    async readInto(target, position) {
      checkRange({ name, size }, position, target.length);
      await readInto(target, position);
    },
  };
}

/**
 * A part of a source as a source of its own.
 *
 * @throws ModelError `malformed` when it does not lie within the whole
 */
export function sourcePart(
  whole: ByteSource,
  part: { name: string; offset: number; size: number },
): ByteSource {
  const name = `${whole.name}: ${part.name}`;
  checkRange({ name, size: whole.size }, part.offset, part.size);
  return byteSource(name, part.size, (target, position) =>
    whole.readInto(target, part.offset + position),
  );
}

/** Reads a range into memory of its own. Callers bound `length` before they ask. */
export async function readBytes(
  source: ByteSource,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // Before the memory is taken: a length from a malicious header may be anything.
  checkRange(source, position, length);
  const bytes = new Uint8Array(length);
  await source.readInto(bytes, position);
  return bytes;
}

/**
 * Reads all of a source that ought to be small.
 *
 * @throws ModelError `malformed` above `limit` bytes
 */
export async function readWhole(
  source: ByteSource,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (source.size > limit) {
    throw new ModelError(
      "malformed",
      `${source.name} has ${source.size} bytes; at most ${limit} are expected`,
    );
  }
  return readBytes(source, 0, source.size);
}

function checkRange(
  source: Pick<ByteSource, "name" | "size">,
  position: number,
  length: number,
): void {
  const isWithin =
    Number.isSafeInteger(position) &&
    Number.isSafeInteger(length) &&
    position >= 0 &&
    length >= 0 &&
    position + length <= source.size;
  if (!isWithin) {
    throw new ModelError(
      "malformed",
      `${source.name}: ${length} bytes at ${position} lie beyond the end at ${source.size}`,
    );
  }
}
