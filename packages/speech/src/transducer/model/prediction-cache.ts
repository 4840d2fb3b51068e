import type { DecoderStep } from "./asr-model";

/** Input of the prediction network. */
type PredictorInput = Pick<DecoderStep, "lastTokens" | "hidden" | "cell">;

/**
 * Cache of the prediction network's last output. It depends on the tokens alone, and most chunks of
 * sound emit none: the next run of the same streams then has the same input.
 */
export class PredictionCache<Output> {
  #input: PredictorInput | null = null;
  #output: Output | null = null;

  /** @returns the last output if the input is equal, value by value; else null */
  get(input: PredictorInput): Output | null {
    const last = this.#input;
    if (last === null) return null;
    const isSame =
      areEqual(last.lastTokens, input.lastTokens) &&
      areEqual(last.hidden, input.hidden) &&
      areEqual(last.cell, input.cell);
    return isSame ? this.#output : null;
  }

  /** Keeps an output. The input is copied, since its arrays may be reused. */
  set({ lastTokens, hidden, cell }: PredictorInput, output: Output): void {
    this.#input = { lastTokens: lastTokens.slice(), hidden: hidden.slice(), cell: cell.slice() };
    this.#output = output;
  }
}

function areEqual(a: Int32Array | Float32Array, b: Int32Array | Float32Array): boolean {
  if (a.length !== b.length) return false;
  for (let index = 0; index < a.length; index++) if (a[index] !== b[index]) return false;
  return true;
}
