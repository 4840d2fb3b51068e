import { Tensor } from "onnxruntime-node";
import type { MagpieManifest } from "../magpie-manifest";
import { floatTensor, zeros, type Floats } from "../../onnx/testing/graph-session";

/** A text's keys [layers, crossWidth, length] and values [layers, length, crossWidth]. */
export type TextMemory = { length: number; keys: Floats; values: Floats };

/** Cached keys and values of both rows of a reply, by layer: [length, width] each. */
export type Past = { length: number; layers: readonly { keys: RowPair; values: RowPair }[] };
/** The row with text, and the row without. */
export type RowPair = readonly [Float32Array, Float32Array];

/** One reply's inputs to a run of the decoder. */
export type ReplyStep = {
  memory: TextMemory;
  /** The voice, [contextFrames, width], in a reply's first run; null in later runs. */
  context: Float32Array | null;
  past: Past;
  /** Ids of all slots, for each new step. */
  codes: readonly (readonly number[])[];
  /** Attention prior [length of the text]; null for none. */
  prior: ArrayLike<number> | null;
};

/**
 * The decoder's inputs for a batch of replies: caches are padded on the left, texts on the right.
 */
export function batchInputs(
  manifest: MagpieManifest,
  replies: readonly ReplyStep[],
): Record<string, Tensor> {
  const { layers, width, crossWidth } = manifest;
  const rows = [true, false].flatMap((hasText) => replies.map((reply) => ({ reply, hasText })));
  const prefix = replies[0]?.context == null ? 0 : manifest.contextFrames;
  const steps = replies[0]?.codes.length ?? 0;
  const added = prefix + steps;
  const past = Math.max(...replies.map((reply) => reply.past.length));
  const text = Math.max(...replies.map((reply) => reply.memory.length));

  const voices = zeros([rows.length, prefix, width]);
  const selfBias = zeros([rows.length, 1, added, past + added]);
  const textBias = zeros([rows.length, 1, 1, text]);
  const prior = zeros([rows.length, 1, 1, text]);
  const keys = zeros([layers, rows.length, crossWidth, text]);
  const values = zeros([layers, rows.length, text, crossWidth]);
  for (const [row, { reply, hasText }] of rows.entries()) {
    const { memory, context } = reply;
    if (hasText && context !== null) voices.data.set(context, row * prefix * width);
    for (let query = 0; query < added; query++) {
      for (let key = 0; key < past + added; key++) {
        const isVisible = key < past ? key >= past - reply.past.length : key - past <= query;
        selfBias.data[(row * added + query) * (past + added) + key] = isVisible ? 0 : -Infinity;
      }
    }
    for (let token = 0; token < text; token++) {
      textBias.data[row * text + token] = token < memory.length ? 0 : -Infinity;
      prior.data[row * text + token] = reply.prior?.[token] ?? 1;
    }
    if (hasText) copyMemory({ keys, values }, memory, { row, rows: rows.length, text }, manifest);
  }
  return {
    prefix: floatTensor(voices),
    codes: integers(
      rows.flatMap(({ reply }) => reply.codes.flat()),
      [rows.length, steps, manifest.codebooks * manifest.frameStacking],
    ),
    position: integers(
      rows.flatMap(({ reply }) => Array.from({ length: added }, (_, at) => reply.past.length + at)),
      [rows.length, added],
    ),
    self_bias: floatTensor(selfBias),
    text_bias: floatTensor(textBias),
    attn_prior: floatTensor(prior),
    cross_k: floatTensor(keys),
    cross_v: floatTensor(values),
    ...pastInputs(manifest, replies, past),
  };
}

export function integers(values: readonly number[], dims: readonly number[]): Tensor {
  return new Tensor("int64", BigInt64Array.from(values.map(BigInt)), dims);
}

function copyMemory(
  target: { keys: Floats; values: Floats },
  { keys, values, length }: TextMemory,
  { row, rows, text }: { row: number; rows: number; text: number },
  { layers, crossWidth }: MagpieManifest,
): void {
  for (let layer = 0; layer < layers; layer++) {
    const start = (layer * rows + row) * crossWidth * text;
    const size = crossWidth * length;
    const from = layer * size;
    target.values.data.set(values.data.subarray(from, from + size), start);
    for (let channel = 0; channel < crossWidth; channel++) {
      const at = from + channel * length;
      target.keys.data.set(keys.data.subarray(at, at + length), start + channel * text);
    }
  }
}

function pastInputs(
  { layers, width }: MagpieManifest,
  replies: readonly ReplyStep[],
  past: number,
): Record<string, Tensor> {
  const rows = 2 * replies.length;
  const inputs: Record<string, Tensor> = {};
  for (let layer = 0; layer < layers; layer++) {
    for (const part of ["keys", "values"] as const) {
      const cache = zeros([past, rows, width]);
      for (let row = 0; row < rows; row++) {
        const reply = replies[row % replies.length];
        const source = reply?.past.layers[layer]?.[part][row < replies.length ? 0 : 1];
        for (let time = 0; time < (reply?.past.length ?? 0); time++) {
          const target = (past - (reply?.past.length ?? 0) + time) * rows + row;
          const frame = source?.subarray(time * width, (time + 1) * width);
          if (frame !== undefined) cache.data.set(frame, target * width);
        }
      }
      inputs[`past_${part === "keys" ? "k" : "v"}_${layer}`] = floatTensor(cache);
    }
  }
  return inputs;
}
