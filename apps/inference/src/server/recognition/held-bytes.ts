/** The beginning of a file that is held in memory, and what follows it. */
export type HeldBytes = {
  pieces: readonly Uint8Array[];
  /** Null when the whole file is held. */
  rest: AsyncGenerator<Uint8Array> | null;
};

/**
 * Reads a file up to a limit; the piece that exceeds it is still held.
 *
 * @throws errors of `bytes`
 */
export async function holdUpTo(
  maxBytes: number,
  bytes: AsyncGenerator<Uint8Array>,
): Promise<HeldBytes> {
  const pieces: Uint8Array[] = [];
  for (let length = 0; length <= maxBytes;) {
    const next = await bytes.next();
    if (next.done === true) return { pieces, rest: null };
    pieces.push(next.value);
    length += next.value.length;
  }
  return { pieces, rest: bytes };
}

/** The whole file, once. */
export async function* releaseHeld({ pieces, rest }: HeldBytes): AsyncGenerator<Uint8Array> {
  for (const piece of pieces) yield await Promise.resolve(piece);
  if (rest !== null) yield* rest;
}

/** Passes a file on and keeps a copy of it, so that it can be read again, unless it is too long. */
export class KeptCopy {
  readonly #maxBytes: number;
  #pieces: Uint8Array[] | null = [];
  #length = 0;

  constructor(maxBytes: number) {
    this.#maxBytes = maxBytes;
  }

  /** The copy, once everything has passed; null when it was too long. */
  get pieces(): readonly Uint8Array[] | null {
    return this.#pieces;
  }

  async *through(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of bytes) {
      this.#length += piece.length;
      if (this.#length > this.#maxBytes) this.#pieces = null;
      else this.#pieces?.push(piece);
      yield piece;
    }
  }
}
