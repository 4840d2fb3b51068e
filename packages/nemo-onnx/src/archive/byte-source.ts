import { ModelError } from "../errors";

/** Random-access bytes: a file, or a part of one. */
export type ByteSource = {
  /** The file and the path within it, for error messages: `a.nemo: model_weights.ckpt`. */
  readonly name: string;
  /** Bytes. */
  readonly size: number;
  /**
   * Fills `target` with the bytes from `position` on.
   *
   * @throws ModelError `malformed` when the range reaches beyond the end of the source
   */
  readInto(target: Uint8Array, position: number): Promise<void>;
};

/**
 * A source over any positional read function, which is only called with ranges within the source.
 */
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
 * A range of a source, as a source.
 *
 * @throws ModelError `malformed` when the range reaches beyond the end of `whole`
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

/** Reads a range into a new array. Callers check `length` against a limit of their own first. */
export async function readBytes(
  source: ByteSource,
  position: number,
  length: number,
): Promise<Uint8Array<ArrayBuffer>> {
  // Checked before the allocation: a length from a malicious header may have any value.
  checkRange(source, position, length);
  const bytes = new Uint8Array(length);
  await source.readInto(bytes, position);
  return bytes;
}

/**
 * Reads all of a source that is expected to be small.
 *
 * @throws ModelError `malformed` when it has more than `limit` bytes
 */
export async function readWhole(
  source: ByteSource,
  limit: number,
): Promise<Uint8Array<ArrayBuffer>> {
  if (source.size > limit) {
    throw new ModelError(
      "malformed",
      `${source.name} has ${source.size} bytes, more than the limit of ${limit}`,
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
