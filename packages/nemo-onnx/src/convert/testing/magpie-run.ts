import { join } from "node:path";
import { openSafetensors } from "../../safetensors/open-safetensors";
import type { MagpieManifest } from "../magpie-manifest";
import {
  floatTensor,
  GraphSession,
  type Floats,
  type GraphOutputs,
} from "../../onnx/testing/graph-session";
import { batchInputs, integers, type Past, type ReplyStep, type TextMemory } from "./magpie-batch";

export type ReplyResult = {
  /** [2, width]: the row with text, and the row without. */
  hidden: Floats;
  /** [2, slots, tokens]. */
  logits: Floats;
  /** [length of the text]. */
  alignment: Floats;
  /** The past, extended by the run. */
  past: Past;
};

export type SamplingOptions = {
  /** Gumbel noise [replies, slots, topK]; null selects the most likely token. */
  gumbel: Float32Array | null;
  temperature: number;
  isEndForbidden: boolean;
  /** Tokens to return, [replies, slots]; null to sample. */
  forced: readonly number[] | null;
};

/** Runs the graphs of a converted Magpie model as an engine does. */
export class MagpieRun {
  readonly manifest: MagpieManifest;
  readonly #textEncoder: GraphSession;
  readonly #decoder: GraphSession;
  readonly #sampler: GraphSession;
  readonly #voices: Floats;

  static async open(directory: string, manifest: MagpieManifest): Promise<MagpieRun> {
    const file = await openSafetensors(join(directory, "voices.safetensors"));
    const tensor = file.tensors.get("baked_context");
    const voices = {
      data: (await tensor?.read()) ?? new Float32Array(),
      dims: tensor?.shape ?? [],
    };
    await file.close();
    return new MagpieRun(manifest, voices, [
      await GraphSession.open(directory, "text_encoder.onnx"),
      await GraphSession.open(directory, "decoder.onnx"),
      await GraphSession.open(directory, "local_sampler.onnx"),
    ]);
  }

  private constructor(
    manifest: MagpieManifest,
    voices: Floats,
    [textEncoder, decoder, sampler]: readonly [GraphSession, GraphSession, GraphSession],
  ) {
    this.manifest = manifest;
    this.#voices = voices;
    this.#textEncoder = textEncoder;
    this.#decoder = decoder;
    this.#sampler = sampler;
  }

  get slots(): number {
    return this.manifest.codebooks * this.manifest.frameStacking;
  }

  /** Ids of the first step: the begin token in each slot. */
  get firstCodes(): number[] {
    return Array.from({ length: this.slots }, () => this.manifest.codes);
  }

  get emptyPast(): Past {
    const empty = () => [new Float32Array(), new Float32Array()] as const;
    const layer = () => ({ keys: empty(), values: empty() });
    return { length: 0, layers: Array.from({ length: this.manifest.layers }, layer) };
  }

  voice(index: number): Float32Array {
    const size = this.manifest.contextFrames * this.manifest.width;
    return this.#voices.data.subarray(index * size, (index + 1) * size);
  }

  /** Encodes texts in one batch, padded with zeros. */
  async encode(texts: readonly (readonly number[])[]): Promise<TextMemory[]> {
    const longest = Math.max(...texts.map((ids) => ids.length));
    const padded = texts.flatMap((ids) => [
      ...ids,
      ...new Array<number>(longest - ids.length).fill(0),
    ]);
    const outputs = await this.#textEncoder.run({
      text: integers(padded, [texts.length, longest]),
    });
    const keys = outputs.floats("cross_k").data;
    const values = outputs.floats("cross_v").data;
    const { layers, crossWidth } = this.manifest;
    const rows = (layer: number, text: number) =>
      (layer * texts.length + text) * crossWidth * longest;
    return texts.map(({ length }, text) => {
      const ownKeys: number[] = [];
      const ownValues: number[] = [];
      for (let layer = 0; layer < layers; layer++) {
        const start = rows(layer, text);
        for (let channel = 0; channel < crossWidth; channel++) {
          const at = start + channel * longest;
          ownKeys.push(...keys.subarray(at, at + length));
        }
        ownValues.push(...values.subarray(start, start + crossWidth * length));
      }
      return {
        length,
        keys: { data: Float32Array.from(ownKeys), dims: [layers, crossWidth, length] },
        values: { data: Float32Array.from(ownValues), dims: [layers, length, crossWidth] },
      };
    });
  }

  /** One run of the decoder: all replies have as many new steps, and all or none a context. */
  async decode(replies: readonly ReplyStep[]): Promise<ReplyResult[]> {
    const outputs = await this.#decoder.run(batchInputs(this.manifest, replies));
    const pair = (name: string, reply: number): Floats => {
      const { data, dims } = outputs.floats(name);
      const size = data.length / (2 * replies.length);
      const row = (index: number) => data.subarray(index * size, (index + 1) * size);
      const both = [...row(reply), ...row(reply + replies.length)];
      return { data: Float32Array.from(both), dims: [2, ...dims.slice(1)] };
    };
    return replies.map((reply, index) => {
      const { length } = reply.memory;
      const alignment = pair("alignment", index).data.subarray(0, length);
      return {
        hidden: pair("hidden", index),
        logits: pair("logits", index),
        alignment: { data: alignment, dims: [length] },
        past: this.#extended(reply.past, outputs, { reply: index, replies: replies.length }),
      };
    });
  }

  /**
   * Samples the tokens of one step.
   *
   * @param hiddens [2, width] of each reply
   * @returns `codes` of all slots, `logits` [2 × replies, slots, tokens]
   */
  async sample(
    hiddens: readonly Floats[],
    { gumbel, temperature, isEndForbidden, forced }: SamplingOptions,
  ) {
    const { width, codes, inference } = this.manifest;
    const halves = [0, 1].flatMap((half) =>
      hiddens.flatMap(({ data }) => [...data.subarray(half * width, (half + 1) * width)]),
    );
    const bias = new Float32Array(codes + 8).fill(-Infinity, codes);
    if (!isEndForbidden) bias[codes + 1] = 0;
    const count = hiddens.length * this.slots;
    const scalar = (value: number) => floatTensor({ data: Float32Array.of(value), dims: [] });
    const noise = gumbel ?? new Float32Array(count * inference.topK);
    const outputs = await this.#sampler.run({
      hidden: floatTensor({ data: Float32Array.from(halves), dims: [2 * hiddens.length, width] }),
      gumbel: floatTensor({ data: noise, dims: [hiddens.length, this.slots, inference.topK] }),
      token_bias: floatTensor({ data: bias, dims: [codes + 8] }),
      cfg: scalar(inference.cfgScale),
      inv_temp: scalar(1 / temperature),
      forced: integers(forced ?? new Array<number>(count).fill(-1), [hiddens.length, this.slots]),
    });
    return { codes: outputs.integers("codes"), logits: outputs.floats("logits") };
  }

  #extended(
    past: Past,
    outputs: GraphOutputs,
    { reply, replies }: { reply: number; replies: number },
  ): Past {
    const { width } = this.manifest;
    const added = outputs.tensor("new_k_0").dims[0] ?? 0;
    const append = (before: Float32Array, name: string, row: number) => {
      const { data } = outputs.floats(name);
      const joined = new Float32Array(before.length + added * width);
      joined.set(before);
      for (let time = 0; time < added; time++) {
        const at = (time * 2 * replies + row) * width;
        joined.set(data.subarray(at, at + width), before.length + time * width);
      }
      return joined;
    };
    const rows = (pair: readonly [Float32Array, Float32Array], name: string) =>
      [append(pair[0], name, reply), append(pair[1], name, reply + replies)] as const;
    const layers = past.layers.map(({ keys, values }, layer) => ({
      keys: rows(keys, `new_k_${layer}`),
      values: rows(values, `new_v_${layer}`),
    }));
    return { length: past.length + added, layers };
  }
}
