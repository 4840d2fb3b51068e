import { AppError } from "@parley/shared/errors";
import { attend, dense, dot, gelu, layerNorm, sum } from "./dense";
import { readLetterWeights, type LetterWeights } from "./letter-weights";

const beginning = 1;
const ending = 2;
const unknownLetter = 3;
/** The first ids stand for no letter and no sound. */
const firstSymbol = 4;
/** Positions are numbered from 2. */
const positionOffset = 2;
/** Of letters with both ends, and of sounds. */
const longest = 64;

type Vectors = Float32Array[];
/** Keys and values of what can be attended to. */
type Memory = { keys: Vectors; values: Vectors };

/**
 * Guesses how an unknown English word is spoken: a BART with one layer on each side, trained by
 * Peter Reid on misaki's dictionaries, always the likeliest sound next. About 20 ms a word.
 */
export class LetterToSound {
  readonly #weights: LetterWeights;
  readonly #letterIds: ReadonlyMap<string, number>;

  /** @throws AppError `model-mismatch` */
  static async open(directory: string): Promise<LetterToSound> {
    return new LetterToSound(await readLetterWeights(directory));
  }

  constructor(weights: LetterWeights) {
    this.#weights = weights;
    const letters = Array.from(weights.graphemes).map((letter, id) => [letter, id] as const);
    this.#letterIds = new Map(letters.slice(firstSymbol));
  }

  /**
   * @param word in any case; accents and letters of other scripts are left out
   * @returns phonemes of American English; empty for a word without a letter
   */
  pronounce(word: string): string {
    const plain = word.normalize("NFKD").replace(/[^A-Za-z'.-]/gu, "");
    if (!/[A-Za-z]/u.test(plain)) return "";
    const sounds: string[] = [];
    // Longer words than the model reads come in pieces.
    for (let at = 0; at < plain.length; at += longest / 2) {
      sounds.push(this.#pronouncePiece(plain.slice(at, at + longest / 2)));
    }
    return sounds.join("");
  }

  #pronouncePiece(letters: string): string {
    const ids = Array.from(letters).map((letter) => this.#letterIds.get(letter) ?? unknownLetter);
    const cross = this.#project(
      this.#encode([beginning, ...ids, ending]),
      `${decoder}.encoder_attn`,
    );
    const said: Memory = { keys: [], values: [] };
    let sounds = "";
    let last = beginning;
    for (let position = 0; position < longest - 1; position++) {
      last = this.#next(last, position, said, cross);
      if (last === ending) break;
      sounds += last >= firstSymbol ? (this.#weights.phonemes[last] ?? "") : "";
    }
    return sounds;
  }

  #encode(ids: readonly number[]): Vectors {
    const embedded = ids.map((id, position) => this.#embed(id, position, "encoder"));
    const { keys, values } = this.#project(embedded, `${encoder}.self_attn`);
    return embedded.map((x) => {
      const query = this.#linear(x, `${encoder}.self_attn.q_proj`);
      const seen = this.#linear(attend(query, keys, values), `${encoder}.self_attn.out_proj`);
      return this.#feedForward(
        this.#norm(sum(x, seen), `${encoder}.self_attn_layer_norm`),
        encoder,
      );
    });
  }

  /** One step of the decoder. @param said grows by the step */
  #next(id: number, position: number, said: Memory, cross: Memory): number {
    const x = this.#embed(id, position, "decoder");
    const own = this.#project([x], `${decoder}.self_attn`);
    said.keys.push(...own.keys);
    said.values.push(...own.values);
    const before = this.#attention(x, said, "self_attn");
    const heard = this.#attention(before, cross, "encoder_attn");
    const state = this.#feedForward(heard, decoder);
    const table = this.#tensor("model.shared.weight");
    const bias = this.#tensor("final_logits_bias");
    let best = ending;
    let highest = -Infinity;
    for (let row = 0; row < bias.length; row++) {
      const symbol = table.subarray(row * state.length, (row + 1) * state.length);
      const score = dot(symbol, state) + (bias[row] ?? 0);
      if (score > highest) [best, highest] = [row, score];
    }
    return best;
  }

  #attention(x: Float32Array, memory: Memory, name: "self_attn" | "encoder_attn"): Float32Array {
    const query = this.#linear(x, `${decoder}.${name}.q_proj`);
    const seen = attend(query, memory.keys, memory.values);
    const added = sum(x, this.#linear(seen, `${decoder}.${name}.out_proj`));
    return this.#norm(added, `${decoder}.${name}_layer_norm`);
  }

  #feedForward(x: Float32Array, layer: string): Float32Array {
    const inner = gelu(this.#linear(x, `${layer}.fc1`));
    return this.#norm(sum(x, this.#linear(inner, `${layer}.fc2`)), `${layer}.final_layer_norm`);
  }

  #project(vectors: Vectors, name: string): Memory {
    return {
      keys: vectors.map((x) => this.#linear(x, `${name}.k_proj`)),
      values: vectors.map((x) => this.#linear(x, `${name}.v_proj`)),
    };
  }

  #embed(id: number, position: number, side: "encoder" | "decoder"): Float32Array {
    const symbols = this.#tensor("model.shared.weight");
    const positions = this.#tensor(`model.${side}.embed_positions.weight`);
    const width = this.#tensor(`model.${side}.layernorm_embedding.bias`).length;
    const place = (position + positionOffset) * width;
    const symbol = symbols.subarray(id * width, (id + 1) * width);
    const x = sum(symbol, positions.subarray(place, place + width));
    return this.#norm(x, `model.${side}.layernorm_embedding`);
  }

  #linear(x: Float32Array, name: string): Float32Array {
    return dense(x, this.#tensor(`${name}.weight`), this.#tensor(`${name}.bias`));
  }

  #norm(x: Float32Array, name: string): Float32Array {
    return layerNorm(x, this.#tensor(`${name}.weight`), this.#tensor(`${name}.bias`));
  }

  #tensor(name: string): Float32Array {
    const tensor = this.#weights.tensors.get(name);
    if (tensor === undefined) throw new AppError("model-mismatch", `letters.br has no ${name}`);
    return tensor;
  }
}

const encoder = "model.encoder.layers.0";
const decoder = "model.decoder.layers.0";
