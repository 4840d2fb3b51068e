import type { OnnxOutputs } from "../../runtime/onnx-session";
import type { SharedTensors } from "../../runtime/device/shared-tensors";
import { floatTensor, type Tensor } from "../../runtime/tensors";

/** Keys and values of one row of a batch. Whoever is given some lets go of them once. */
export type RowCache = {
  /** Positions. */
  length: number;
  /** [length, 1, width] each: keys of layer 0, values of layer 0, keys of layer 1 … */
  parts: SharedTensors;
};

/** Keys and values of the decoder steps of a batch, time first: [time, row, width]. */
export type DecoderCache = {
  /** Positions of each row. */
  readonly lengths: readonly number[];
  /** Positions of the longest row. All rows end at the same time; shorter ones are padded in front. */
  readonly time: number;
  /** @param rows the new batch: present rows by index, and joining ones, which stay the caller's */
  rearrange(rows: readonly (number | RowCache)[]): Promise<void>;
  /** `past_*` inputs of a step; valid until the next change. */
  feeds(): Record<string, Tensor>;
  /** Takes over a step's keys and values. */
  append(outputs: OnnxOutputs): void;
  /** Frees everything. Idempotent. */
  close(): void;
};

/** Graph names of the parts of a cache. */
export function partNames(prefix: "past" | "new" | "present", layers: number): string[] {
  return Array.from({ length: layers }).flatMap((_, layer) => [
    `${prefix}_k_${layer}`,
    `${prefix}_v_${layer}`,
  ]);
}

/** `past_*` inputs of a batch without a past. */
export function noPast(layers: number, batch: number, width: number): Record<string, Tensor> {
  const nothing = floatTensor(new Float32Array(0), [0, batch, width]);
  return Object.fromEntries(partNames("past", layers).map((name) => [name, nothing]));
}

/** `self_bias` of a step: hides the padding. */
export function selfBias({ lengths, time }: Pick<DecoderCache, "lengths" | "time">): Tensor {
  const batch = lengths.length;
  const columns = time + 1;
  const bias = new Float32Array(batch * columns);
  for (const [row, length] of lengths.entries()) {
    bias.fill(-Infinity, row * columns, row * columns + time - length);
  }
  return floatTensor(bias, [batch, 1, 1, columns]);
}
