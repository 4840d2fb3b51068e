import { floatTensor, int64Tensor } from "../../runtime/tensors";
import type { MagpieModel } from "./magpie-model";
import { endIdOf, slotsOf, tokensOf } from "./model-sizes";
import type { StepOutput } from "./step-output";

/** Input for sampling one utterance's codes. */
export type Draw = {
  output: StepOutput;
  /** [slots, topK]: Gumbel noise by rank, times the temperature; zeros are greedy. */
  noise: Float32Array;
  /** "forced": the end token in every slot. */
  end: "allowed" | "forbidden" | "forced";
};

/** Samples the codes of a step, slot after slot, for all utterances at once. */
export class LocalSampler {
  readonly #model: MagpieModel;
  /** Added to the logits of all tokens: codes and the end token, codes alone. */
  readonly #biases: { withEnd: Float32Array; withoutEnd: Float32Array };

  constructor(model: MagpieModel) {
    const { codes } = model.manifest;
    this.#model = model;
    const withoutEnd = new Float32Array(tokensOf(model.manifest)).fill(-Infinity, codes);
    const withEnd = withoutEnd.slice();
    withEnd[endIdOf(model.manifest)] = 0;
    this.#biases = { withEnd, withoutEnd };
  }

  /** @returns codes by slot for each draw, in their order */
  async draw(draws: readonly Draw[]): Promise<number[][]> {
    const drawn: number[][] = draws.map(() => []);
    for (const mayEnd of [true, false]) {
      const indices = [...draws.keys()].filter(
        (index) => (draws[index]?.end !== "forbidden") === mayEnd,
      );
      const group = indices.flatMap((index) => draws[index] ?? []);
      const codes = group.length === 0 ? [] : await this.#drawAlike(group, mayEnd);
      for (const [position, index] of indices.entries()) drawn[index] = codes[position] ?? [];
    }
    return drawn;
  }

  async #drawAlike(draws: readonly Draw[], mayEnd: boolean): Promise<number[][]> {
    const { manifest, inference, localSampler } = this.#model;
    const slots = slotsOf(manifest);
    const batch = draws.length;
    const outputs = draws.map(({ output }) => output);
    const rows = [
      ...outputs.map(({ conditional }) => conditional),
      ...outputs.map(({ unconditional }) => unconditional),
    ];
    const forced = draws.flatMap(({ end }) =>
      new Array<number>(slots).fill(end === "forced" ? endIdOf(manifest) : -1),
    );
    const { withEnd, withoutEnd } = this.#biases;
    const bias = mayEnd ? withEnd : withoutEnd;
    const noise = joined(draws.map((draw) => draw.noise));
    const feeds = {
      hidden: floatTensor(joined(rows.map(({ hidden }) => hidden)), [2 * batch, manifest.width]),
      gumbel: floatTensor(noise, [batch, slots, noise.length / batch / slots]),
      token_bias: floatTensor(bias, [bias.length]),
      cfg: floatTensor(Float32Array.of(inference.cfgScale), []),
      // The noise carries the temperature, so that each utterance may have its own.
      inv_temp: floatTensor(Float32Array.of(1), []),
      forced: int64Tensor(forced, [batch, slots]),
    };
    const codes = (await localSampler.run(feeds, { codes: null })).integers("codes");
    return draws.map((_, index) => codes.slice(index * slots, (index + 1) * slots));
  }
}

function joined(pieces: readonly Float32Array[]): Float32Array {
  const all = new Float32Array(pieces.reduce((length, piece) => length + piece.length, 0));
  let at = 0;
  for (const piece of pieces) {
    all.set(piece, at);
    at += piece.length;
  }
  return all;
}
