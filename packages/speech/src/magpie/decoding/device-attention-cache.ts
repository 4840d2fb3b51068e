import type { OnnxOutputs } from "../../runtime/onnx-session";
import { freeTensors } from "../../runtime/device/shared-tensors";
import type { Tensor } from "../../runtime/tensors";
import { partNames, type DecoderCache, type RowCache } from "./decoder-cache";
import type { RowArranger } from "./row-arranger";

/**
 * The cache on the device that decodes: each step returns the whole of it, one position longer, and
 * is given that back. Rows that come and go are arranged there, too.
 */
export class DeviceAttentionCache implements DecoderCache {
  readonly #arranger: RowArranger;
  readonly #pastNames: readonly string[];
  readonly #presentNames: readonly string[];
  #parts: readonly Tensor[] = [];
  #lengths: readonly number[] = [];
  #time = 0;

  constructor(arranger: RowArranger, layers: number) {
    this.#arranger = arranger;
    this.#pastNames = partNames("past", layers);
    this.#presentNames = partNames("present", layers);
  }

  get lengths(): readonly number[] {
    return this.#lengths;
  }

  get time(): number {
    return this.#time;
  }

  async rearrange(rows: readonly (number | RowCache)[]): Promise<void> {
    const lengths = rows.map((row) =>
      typeof row === "number" ? (this.#lengths[row] ?? 0) : row.length,
    );
    const time = Math.max(0, ...lengths);
    const arranged: Tensor[] = [];
    try {
      for (const part of rows.length === 0 ? [] : this.#pastNames.keys()) {
        arranged.push(
          await this.#arranger.arrange({
            present: this.#parts[part] ?? null,
            presentTime: this.#time,
            time,
            rows: rows.map((row) => (typeof row === "number" ? row : row.parts.tensors[part])),
          }),
        );
      }
    } catch (error) {
      freeTensors(arranged);
      throw error;
    }
    this.#replace(arranged);
    this.#lengths = lengths;
    this.#time = time;
  }

  feeds(): Record<string, Tensor> {
    return Object.fromEntries(
      this.#pastNames.flatMap((name, part) => {
        const tensor = this.#parts[part];
        return tensor === undefined ? [] : [[name, tensor]];
      }),
    );
  }

  append(outputs: OnnxOutputs): void {
    this.#replace(this.#presentNames.map((name) => outputs.tensor(name)));
    this.#time++;
    this.#lengths = this.#lengths.map((length) => length + 1);
  }

  close(): void {
    this.#replace([]);
    this.#lengths = [];
    this.#time = 0;
  }

  #replace(parts: readonly Tensor[]): void {
    freeTensors(this.#parts);
    this.#parts = parts;
  }
}
