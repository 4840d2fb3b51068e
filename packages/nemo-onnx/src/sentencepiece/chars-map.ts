import { ModelError } from "../errors";
import { DoubleArrayTrie } from "./double-array-trie";

/** Replacement rules of a normaliser such as `nmt_nfkc`, from UTF-8 to UTF-8. */
export class CharsMap {
  readonly #trie: DoubleArrayTrie;
  /** Replacement texts, each terminated by a zero byte. */
  readonly #texts: Uint8Array;

  /**
   * @param bytes `precompiled_charsmap`: length of the trie in bytes (32 bits), trie, replacements
   * @throws ModelError `malformed` when the trie is longer than the bytes
   */
  constructor(bytes: Uint8Array) {
    const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    const trieBytes = bytes.length < 4 ? -1 : view.getUint32(0, true);
    if (trieBytes <= 0 || trieBytes % 4 !== 0 || trieBytes > bytes.length - 4) {
      throw new ModelError("malformed", `precompiled_charsmap: ${bytes.length} bytes`);
    }
    this.#trie = new DoubleArrayTrie(bytes.subarray(4, 4 + trieBytes));
    this.#texts = bytes.subarray(4 + trieBytes);
  }

  /** @returns the replacement of the `length` bytes from `start` on; null where no rule applies */
  replace(text: Uint8Array, start: number): { length: number; replacement: Uint8Array } | null {
    const rule = this.#trie.longestPrefix(text, start);
    if (rule === null) return null;
    const end = this.#texts.indexOf(0, rule.value);
    return {
      length: rule.length,
      replacement: this.#texts.subarray(rule.value, end < 0 ? undefined : end),
    };
  }
}
