/**
 * A read-only Darts-clone double array: the trie of SentencePiece's replacement rules. Bits of a
 * unit: label 0–7 and 31, "has a leaf" 8, "offset is shifted by eight" 9, offset 10–30. A leaf's
 * unit holds the value.
 */
export class DoubleArrayTrie {
  readonly #units: DataView;

  /** @param bytes units of 32 bits, little-endian */
  constructor(bytes: Uint8Array) {
    this.#units = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  }

  /** The longest key that `text` has at `start`, its length in bytes; null when it has none. */
  longestPrefix(text: Uint8Array, start: number): { length: number; value: number } | null {
    let found: { length: number; value: number } | null = null;
    let node = offsetOf(this.#unit(0));
    for (let at = start; at < text.length; at++) {
      const byte = text[at] ?? 0;
      node ^= byte;
      const unit = this.#unit(node);
      if (labelOf(unit) !== byte) break;
      node ^= offsetOf(unit);
      if (hasLeaf(unit)) found = { length: at - start + 1, value: valueOf(this.#unit(node)) };
    }
    return found;
  }

  /** The unit at `index`; 0 beyond the end, where offsets of a damaged trie may lead. */
  #unit(index: number): number {
    const at = index * 4;
    return at + 4 <= this.#units.byteLength ? this.#units.getUint32(at, true) : 0;
  }
}

function offsetOf(unit: number): number {
  return (unit >>> 10) << ((unit & 0x200) >>> 6);
}

/** The label; leaves have the top bit set, so that theirs equals no byte. */
function labelOf(unit: number): number {
  return (unit & 0x8000_00ff) >>> 0;
}

function hasLeaf(unit: number): boolean {
  return (unit & 0x100) !== 0;
}

function valueOf(unit: number): number {
  return unit & 0x7fff_ffff;
}
