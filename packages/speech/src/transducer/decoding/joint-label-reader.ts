import type { TokenBooster } from "../../recognition/boosting/token-booster";

/** Returned in place of a label when the scores are not finite. */
export const notFinite = -1;

export type JointLabels = {
  /** Id of the blank, after the tokens. */
  blank: number;
  /** TDT: frames for each output after the blank; null for RNN-T. */
  durations: readonly number[] | null;
};

/**
 * Reads the best labels from one frame's joint outputs [tokens, blank, durations]: the highest
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

  /** @returns the best token with the bonuses of `node` added; never the blank */
  boostedToken(logits: Float32Array, at: number, booster: TokenBooster, node: number): number {
    this.#boosted.set(logits.subarray(at, at + this.#labels.blank));
    booster.addBonuses(node, this.#boosted);
    return highest(this.#boosted, 0, this.#labels.blank);
  }

  /** @returns frames that a TDT model jumps; 0 for RNN-T, which stays until the blank */
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
    // False for higher scores and for NaN: one comparison per score, of which there are millions.
    if (value <= bestValue) continue;
    if (Number.isNaN(value)) return notFinite;
    best = index;
    bestValue = value;
  }
  return bestValue === Infinity ? notFinite : best;
}
