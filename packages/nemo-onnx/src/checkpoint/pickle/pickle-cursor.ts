import { ModelError, type ModelErrorCode } from "../../errors";

/** Reads a pickle's bytes from start to end. */
export class PickleCursor {
  readonly #bytes: Buffer;
  readonly #name: string;
  #position = 0;

  /** @param name the pickle's name, for error messages */
  constructor(bytes: Uint8Array, name: string) {
    this.#bytes = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
    this.#name = name;
  }

  uint8(): number {
    return this.#bytes.readUInt8(this.#take(1));
  }

  uint16(): number {
    return this.#bytes.readUInt16LE(this.#take(2));
  }

  int32(): number {
    return this.#bytes.readInt32LE(this.#take(4));
  }

  uint32(): number {
    return this.#bytes.readUInt32LE(this.#take(4));
  }

  /** A big-endian double; all other numbers are little-endian. */
  float64(): number {
    return this.#bytes.readDoubleBE(this.#take(8));
  }

  /** `LONG1`: a length in bytes, then a two's complement number. */
  long(): number {
    const length = this.uint8();
    const start = this.#take(length);
    const digits = Buffer.from(this.#bytes.subarray(start, start + length)).reverse();
    const unsigned = length === 0 ? 0n : BigInt(`0x${digits.toString("hex")}`);
    const value = Number(BigInt.asIntN(8 * length, unsigned));
    if (!Number.isSafeInteger(value)) throw this.error("refused", "integer beyond 2^53");
    return value;
  }

  /** UTF-8 text of `length` bytes. */
  text(length: number): string {
    const start = this.#take(length);
    return this.#bytes.toString("utf8", start, start + length);
  }

  /** Text up to the next line feed. */
  line(): string {
    const end = this.#bytes.indexOf(0x0a, this.#position);
    if (end < 0) throw this.error("malformed", "truncated");
    const text = this.text(end - this.#position);
    this.#take(1);
    return text;
  }

  /** An error that names the pickle and the position in it. */
  error(code: ModelErrorCode, message: string): ModelError {
    return new ModelError(code, `${this.#name} before byte ${this.#position}: ${message}`);
  }

  #take(length: number): number {
    const start = this.#position;
    if (start + length > this.#bytes.length) throw this.error("malformed", "truncated");
    this.#position += length;
    return start;
  }
}
