import type { OnnxOutputs } from "../../runtime/onnx-session";
import { floatTensor, type Tensor } from "../../runtime/tensors";

/** Keys and values of one row of a batch. */
export type RowCache = {
  /** Positions. */
  length: number;
  /** [length, width] each: keys of layer 0, values of layer 0, keys of layer 1 … */
  parts: readonly Float32Array[];
};

/** Graph names of the parts above. */
function partNames(prefix: "past" | "new", layers: number): string[] {
  return Array.from({ length: layers }).flatMap((_, layer) => [
    `${prefix}_k_${layer}`,
    `${prefix}_v_${layer}`,
  ]);
}

/** The cache that a run over a single row computed. */
export function rowCacheOf(outputs: OnnxOutputs, layers: number, length: number): RowCache {
  return { length, parts: partNames("new", layers).map((name) => outputs.floats(name)) };
}

/** `past_*` inputs of a batch without a past. */
export function noPast(layers: number, batch: number, width: number): Record<string, Tensor> {
  const nothing = floatTensor(new Float32Array(0), [0, batch, width]);
  return Object.fromEntries(partNames("past", layers).map((name) => [name, nothing]));
}

/**
 * Keys and values of the decoder steps of a batch, time first: [time, row, width]. All rows end at
 * the same time, so that a step appends one slab; shorter rows are padded at the front. A change of
 * rows copies everything once.
 */
export class AttentionCache {
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

  /** Positions of each row. */
  get lengths(): readonly number[] {
    return this.#lengths;
  }

  /** Positions of the longest row. */
  get time(): number {
    return this.#time;
  }

  /** @param rows the new batch: present rows by index, and joining ones */
  rearrange(rows: readonly (number | RowCache)[]): void {
    const lengths = rows.map((row) =>
      typeof row === "number" ? (this.#lengths[row] ?? 0) : row.length,
    );
    const time = Math.max(0, ...lengths);
    for (let part = 0; part < 2 * this.#layers; part++) this.#copyPart(part, rows, lengths, time);
    this.#lengths = lengths;
    this.#time = time;
  }

  /** `past_*` inputs of a step; valid until the next change. */
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

  /** `self_bias` of a step: hides the padding. */
  selfBias(): Tensor {
    const batch = this.#lengths.length;
    const columns = this.#time + 1;
    const bias = new Float32Array(batch * columns);
    for (const [row, length] of this.#lengths.entries()) {
      bias.fill(-Infinity, row * columns, row * columns + this.#time - length);
    }
    return floatTensor(bias, [batch, 1, 1, columns]);
  }

  /** Appends a step's keys and values. */
  append(outputs: OnnxOutputs): void {
    const start = this.#time * this.#lengths.length * this.#width;
    for (const [part, name] of this.#newNames.entries()) {
      this.#parts[part]?.set(outputs.floats(name), start);
    }
    this.#time++;
    this.#lengths = this.#lengths.map((length) => length + 1);
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
          put(position, row.parts[part] ?? new Float32Array(0), position * width);
        }
      }
    }
    this.#parts[part] = target;
    this.#spare = source;
  }
}
