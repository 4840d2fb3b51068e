import type { TokenBooster } from "./token-booster";

/** What a choice comes to when the scores are not numbers. */
export const notFinite = -1;

export type JointLabels = {
  /** Id of the blank; the tokens stand before it. */
  blank: number;
  /** TDT: what each output after the blank stands for; null for RNN-T. */
  durations: readonly number[] | null;
};

/**
 * Chooses among one frame's joint outputs [tokens, blank, durations]. Every choice is the highest
 * score, the first among equals (`torch.max`), or `notFinite` when a score is NaN or the highest is
 * infinite; −∞ only rules an output out.
 */
export class JointLabelReader {
  readonly #labels: JointLabels;
  readonly #boosted: Float32Array;

  constructor(labels: JointLabels) {
    this.#labels = labels;
    this.#boosted = new Float32Array(labels.blank);
  }

  /** @returns a token or the blank */
  label(logits: Float32Array, at: number): number {
    return highest(logits, at, this.#labels.blank + 1);
  }

  /** @returns the token that wins with the bonuses of `node` added; never the blank */
  boostedToken(logits: Float32Array, at: number, booster: TokenBooster, node: number): number {
    this.#boosted.set(logits.subarray(at, at + this.#labels.blank));
    booster.addBonuses(node, this.#boosted);
    return highest(this.#boosted, 0, this.#labels.blank);
  }

  /** @returns frames that a TDT model would jump; 0 for RNN-T, which stays until the blank */
  jump(logits: Float32Array, at: number): number {
    const { blank, durations } = this.#labels;
    if (durations === null) return 0;
    return durations[highest(logits, at + blank + 1, durations.length)] ?? notFinite;
  }
}

function highest(values: Float32Array, from: number, count: number): number {
  let best = notFinite;
  let bestValue = -Infinity;
  for (let index = 0; index < count; index++) {
    const value = values[from + index] ?? NaN;
    // False for what is higher and for NaN: one comparison a score, of which there are millions.
    if (value <= bestValue) continue;
    if (Number.isNaN(value)) return notFinite;
    best = index;
    bestValue = value;
  }
  return bestValue === Infinity ? notFinite : best;
}
