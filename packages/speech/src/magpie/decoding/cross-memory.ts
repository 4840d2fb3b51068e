import type { MagpieManifest } from "@parley/nemo-onnx/convert/magpie-manifest";
import { floatTensor, int64Tensor, type Tensor } from "../../runtime/tensors";
import type { MagpieModel } from "./magpie-model";

/** One text as the decoder reads it: keys and values of every layer's cross-attention. */
export type CrossMemory = {
  /** Text tokens. */
  length: number;
  /** [layers, crossWidth, length]. */
  keys: Float32Array;
  /** [layers, length, crossWidth]. */
  values: Float32Array;
};

type Sizes = Pick<MagpieManifest, "layers" | "crossWidth">;

/** Encodes a text. @param ids tokens of one window */
export async function encodeText(model: MagpieModel, ids: readonly number[]): Promise<CrossMemory> {
  const encoded = await model.textEncoder.run({ text: int64Tensor(ids, [1, ids.length]) });
  return { length: ids.length, keys: encoded.floats("cross_k"), values: encoded.floats("cross_v") };
}

/** The memory without a text: zero keys and values add nothing to any layer. */
export function emptyMemory({ layers, crossWidth }: Sizes): CrossMemory {
  const zeros = new Float32Array(layers * crossWidth);
  return { length: 1, keys: zeros, values: zeros };
}

/** `fresh`, whose first `history` tokens are replaced by the last ones of the previous window. */
export function withHistory(
  fresh: CrossMemory,
  before: CrossMemory,
  history: number,
  { layers, crossWidth }: Sizes,
): CrossMemory {
  const keys = fresh.keys.slice();
  const values = fresh.values.slice();
  for (let row = 0; row < layers * crossWidth; row++) {
    const end = (row + 1) * before.length;
    keys.set(before.keys.subarray(end - history, end), row * fresh.length);
  }
  for (let layer = 0; layer < layers; layer++) {
    const end = (layer + 1) * before.length * crossWidth;
    const kept = before.values.subarray(end - history * crossWidth, end);
    values.set(kept, layer * fresh.length * crossWidth);
  }
  return { length: fresh.length, keys, values };
}

/** Texts of several rows in one batch, padded at their ends. */
export type JoinedMemory = {
  /** Tokens of the longest text. */
  length: number;
  /** `cross_k`, `cross_v` and `text_bias` of the decoder. */
  feeds: Readonly<Record<"cross_k" | "cross_v" | "text_bias", Tensor>>;
};

export function joinMemories(
  memories: readonly CrossMemory[],
  { layers, crossWidth }: Sizes,
): JoinedMemory {
  const batch = memories.length;
  const length = Math.max(...memories.map((memory) => memory.length));
  const size = layers * batch * crossWidth * length;
  const keys = new Float32Array(size);
  const values = new Float32Array(size);
  const bias = new Float32Array(batch * length);
  for (const [row, memory] of memories.entries()) {
    bias.fill(-Infinity, row * length + memory.length, (row + 1) * length);
    for (let layer = 0; layer < layers; layer++) {
      const start = (layer * batch + row) * crossWidth;
      for (let channel = 0; channel < crossWidth; channel++) {
        const source = (layer * crossWidth + channel) * memory.length;
        const channelKeys = memory.keys.subarray(source, source + memory.length);
        keys.set(channelKeys, (start + channel) * length);
      }
      const source = layer * memory.length * crossWidth;
      const layerValues = memory.values.subarray(source, source + memory.length * crossWidth);
      values.set(layerValues, start * length);
    }
  }
  return {
    length,
    feeds: {
      cross_k: floatTensor(keys, [layers, batch, crossWidth, length]),
      cross_v: floatTensor(values, [layers, batch, length, crossWidth]),
      text_bias: floatTensor(bias, [batch, 1, 1, length]),
    },
  };
}

/** `attn_prior`: the weights of each row's text; null for equal weights. */
export function priorTensor(priors: readonly (Float32Array | null)[], length: number): Tensor {
  const weights = new Float32Array(priors.length * length).fill(1);
  for (const [row, prior] of priors.entries()) {
    if (prior !== null) weights.set(prior, row * length);
  }
  return floatTensor(weights, [priors.length, 1, 1, length]);
}
