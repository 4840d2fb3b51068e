import { floatsOf, type OnnxOutputs } from "../../runtime/onnx-session";
import { floatTensor, type Tensor } from "../../runtime/tensors";
import { partNames, type DecoderCache, type RowCache } from "./decoder-cache";

/**
 * The cache in this process's memory: a step appends one slab, and a change of rows copies everything
 * once.
 */
export class AttentionCache implements DecoderCache {
  readonly #layers: number;
  readonly #width: number;
  /** Limit on a row's positions. */
  readonly #capacity: number;
  readonly #pastNames: readonly string[];
  readonly #newNames: readonly string[];
  #parts: Float32Array[];
  /** Buffer that replaces the part being copied. */
  #spare: Float32Array = new Float32Array(0);
  #lengths: number[] = [];
  #time = 0;

  constructor({ layers, width, capacity }: { layers: number; width: number; capacity: number }) {
    this.#layers = layers;
    this.#width = width;
    this.#capacity = capacity;
    this.#pastNames = partNames("past", layers);
    this.#newNames = partNames("new", layers);
    this.#parts = this.#pastNames.map(() => new Float32Array(0));
  }

  get lengths(): readonly number[] {
    return this.#lengths;
  }

  get time(): number {
    return this.#time;
  }

  rearrange(rows: readonly (number | RowCache)[]): Promise<void> {
    const lengths = rows.map((row) =>
      typeof row === "number" ? (this.#lengths[row] ?? 0) : row.length,
    );
    const time = Math.max(0, ...lengths);
    for (let part = 0; part < 2 * this.#layers; part++) this.#copyPart(part, rows, lengths, time);
    this.#lengths = lengths;
    this.#time = time;
    return Promise.resolve();
  }

  feeds(): Record<string, Tensor> {
    const shape = [this.#time, this.#lengths.length, this.#width];
    const size = this.#time * this.#lengths.length * this.#width;
    return Object.fromEntries(
      this.#pastNames.map((name, part) => {
        const values = this.#parts[part] ?? new Float32Array(0);
        return [name, floatTensor(values.subarray(0, size), shape)];
      }),
    );
  }

  append(outputs: OnnxOutputs): void {
    const start = this.#time * this.#lengths.length * this.#width;
    for (const [part, name] of this.#newNames.entries()) {
      this.#parts[part]?.set(outputs.floats(name), start);
    }
    this.#time++;
    this.#lengths = this.#lengths.map((length) => length + 1);
  }

  close(): void {
    // Its memory is the collector's.
  }

  #copyPart(
    part: number,
    rows: readonly (number | RowCache)[],
    lengths: readonly number[],
    time: number,
  ): void {
    const width = this.#width;
    const source = this.#parts[part] ?? new Float32Array(0);
    const oldBatch = this.#lengths.length;
    const size = this.#capacity * rows.length * width;
    const target = this.#spare.length >= size ? this.#spare : new Float32Array(size);
    for (const [index, row] of rows.entries()) {
      const length = lengths[index] ?? 0;
      const padding = time - length;
      const put = (position: number, values: Float32Array, start: number) => {
        const at = ((padding + position) * rows.length + index) * width;
        target.set(values.subarray(start, start + width), at);
      };
      // Values of an earlier batch may not be finite, and would survive the mask.
      for (let step = 0; step < padding; step++) {
        const at = (step * rows.length + index) * width;
        target.fill(0, at, at + width);
      }
      for (let position = 0; position < length; position++) {
        if (typeof row === "number") {
          const slab = this.#time - length + position;
          put(position, source, (slab * oldBatch + row) * width);
        } else {
          put(position, floatsOf(row.parts.tensors[part]), position * width);
        }
      }
    }
    this.#parts[part] = target;
    this.#spare = source;
  }
}
