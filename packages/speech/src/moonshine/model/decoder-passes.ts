import { OnnxOutputs, type OnnxSession } from "../../runtime/onnx-session";
import {
  flagTensor,
  floatTensor,
  int64Tensor,
  wideTensor,
  type Tensor,
} from "../../runtime/tensors";
import type { DecoderShape } from "./decoder-shape";

/** Hidden states of a stretch of sound. */
export type EncodedSound = {
  /** [1, frames, width] */
  hidden: Tensor;
  samples: number;
};

/** Scores of the token after each of the given ones: rows of `vocabulary` logits. */
export type Logits = { values: Float32Array; vocabulary: number };

/** The decoder over one stretch of sound, with keys and values of the tokens so far. */
export class DecoderPasses {
  readonly #session: OnnxSession;
  readonly #shape: DecoderShape;
  readonly #fixedInputs: Readonly<Record<string, Tensor>>;
  /** Cached keys and values by input name. */
  readonly #past: Record<string, Tensor>;
  #tokens = 0;

  constructor(session: OnnxSession, shape: DecoderShape, { hidden, samples }: EncodedSound) {
    this.#session = session;
    this.#shape = shape;
    this.#fixedInputs = {
      encoder_hidden_states: hidden,
      ...(session.inputs.has("encoder_attention_mask")
        ? { encoder_attention_mask: onesTensor(samples) }
        : {}),
    };
    const empty = floatTensor(new Float32Array(0), [1, shape.heads, 0, shape.width]);
    this.#past = Object.fromEntries(
      cacheNames(shape).map((name) => [`past_key_values.${name}`, empty]),
    );
  }

  /** @returns logits after each token; the tokens join those of earlier passes */
  async pass(tokens: readonly number[]): Promise<Logits> {
    const isFirst = this.#tokens === 0;
    // Keys and values of the sound are computed by the first pass alone.
    const fresh = cacheNames(this.#shape).filter((name) => isFirst || name.includes("decoder"));
    const fetches = Object.fromEntries(
      ["logits", ...fresh.map(presentOf)].map((name) => [name, null]),
    );
    const outputs = await this.#session.run(
      {
        ...this.#fixedInputs,
        ...this.#past,
        input_ids: int64Tensor(tokens, [1, tokens.length]),
        use_cache_branch: flagTensor(!isFirst),
      },
      fetches,
    );
    for (const name of fresh)
      this.#past[`past_key_values.${name}`] = outputs.tensor(presentOf(name));
    this.#tokens += tokens.length;
    const values = outputs.floats("logits");
    return { values, vocabulary: values.length / tokens.length };
  }

  /** Forgets all tokens but the first ones. */
  keep(tokens: number): void {
    if (tokens >= this.#tokens) return;
    for (const name of cacheNames(this.#shape)) {
      if (!name.includes("decoder")) continue;
      const key = `past_key_values.${name}`;
      const cached = this.#past[key];
      if (cached !== undefined) this.#past[key] = this.#cut(cached, tokens);
    }
    this.#tokens = tokens;
  }

  #cut(cached: Tensor, tokens: number): Tensor {
    const { heads, width } = this.#shape;
    const values = new OnnxOutputs(this.#session.file, { cached }).floats("cached");
    const kept = new Float32Array(heads * tokens * width);
    const from = this.#tokens * width;
    for (let head = 0; head < heads; head++) {
      const part = values.subarray(head * from, head * from + tokens * width);
      kept.set(part, head * tokens * width);
    }
    return floatTensor(kept, [1, heads, tokens, width]);
  }
}

function cacheNames({ layers }: DecoderShape): string[] {
  return Array.from({ length: layers }, (_, layer) =>
    ["decoder", "encoder"].flatMap((side) => [`${layer}.${side}.key`, `${layer}.${side}.value`]),
  ).flat();
}

function presentOf(name: string): string {
  return `present.${name}`;
}

export function onesTensor(length: number): Tensor {
  return wideTensor(new BigInt64Array(length).fill(1n), [1, length]);
}
