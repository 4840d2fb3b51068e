import { BinaryReader, WireType } from "@bufbuild/protobuf/wire";
import { readBytes, type ByteSource } from "../archive/byte-source";

/** Bytes read ahead. */
const windowBytes = 64 * 1_024;
/** Bytes of a field's head at most: a tag and a length are varints of up to ten bytes each. */
const headBytes = 20;

/** Read-ahead buffer over a source, for many small reads in ascending order. */
export class WindowedReader {
  readonly #source: ByteSource;
  #window: Uint8Array = new Uint8Array(0);
  #windowStart = 0;

  constructor(source: ByteSource) {
    this.#source = source;
  }

  /** @throws ModelError `malformed` when the range reaches beyond the end of the source */
  async read(position: number, length: number): Promise<Uint8Array> {
    const from = position - this.#windowStart;
    if (from >= 0 && from + length <= this.#window.length) {
      return this.#window.subarray(from, from + length);
    }
    const rest = this.#source.size - position;
    if (length > windowBytes || length > rest) return readBytes(this.#source, position, length);
    this.#window = await readBytes(this.#source, position, Math.min(windowBytes, rest));
    this.#windowStart = position;
    return this.#window.subarray(0, length);
  }
}

/** Position of a protobuf field's content, which has not been read. */
export type ScannedField = {
  number: number;
  wireType: WireType;
  start: number;
  /** Bytes. */
  length: number;
};

/** Walks the fields of a message between two positions. @throws RangeError on damaged bytes */
export async function* scanFields(
  reader: WindowedReader,
  start: number,
  end: number,
): AsyncGenerator<ScannedField> {
  for (let position = start; position < end;) {
    const head = await reader.read(position, Math.min(headBytes, end - position));
    const wire = new BinaryReader(head);
    const [number, wireType] = wire.tag();
    let length: number;
    if (wireType === WireType.LengthDelimited) length = wire.uint32();
    else {
      const before = wire.pos;
      wire.skip(wireType, number);
      length = wire.pos - before;
      wire.pos = before;
    }
    const body = position + wire.pos;
    if (body + length > end) {
      throw new RangeError(`${length} bytes at ${body} reach beyond ${end}`);
    }
    yield { number, wireType, start: body, length };
    position = body + length;
  }
}
