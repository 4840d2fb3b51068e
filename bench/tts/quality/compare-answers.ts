import type { StepAnswer } from "./forced-answers";

export type AnswerDifference = {
  /** Error of the decoder's output over its own spread, both root mean squares. */
  hiddenError: number;
  /** The same of the guided logits that tokens are drawn from. */
  logitError: number;
  /** Tokens of which the likeliest is the same, of all. */
  sameLikeliest: number;
  /** Probability that another token is drawn with the same random number, at the best. */
  otherDrawn: number;
  tokens: number;
};

export type DrawSettings = { codes: number; topK: number; temperature: number };

/** Compares answers to the same cases; those of the full precision are the reference. */
export function compareAnswers(
  answers: readonly StepAnswer[],
  reference: readonly StepAnswer[],
  { codes, topK, temperature }: DrawSettings,
): AnswerDifference {
  const hidden = new RelativeError();
  const logits = new RelativeError();
  let tokens = 0;
  let same = 0;
  let other = 0;
  for (const [step, answer] of answers.entries()) {
    const wanted = reference[step];
    if (wanted === undefined) throw new TypeError("the reference has fewer steps");
    hidden.add(answer.hidden, wanted.hidden);
    for (let start = 0; start < answer.logits.length; start += codes) {
      const ours = answer.logits.subarray(start, start + codes);
      const theirs = wanted.logits.subarray(start, start + codes);
      logits.add(ours, theirs);
      tokens++;
      if (indexOfLargest(ours) === indexOfLargest(theirs)) same++;
      other += variation(draw(ours, topK, temperature), draw(theirs, topK, temperature));
    }
  }
  return {
    hiddenError: hidden.value,
    logitError: logits.value,
    sameLikeliest: same / tokens,
    otherDrawn: other / tokens,
    tokens,
  };
}

/** Root mean square of differences over that of the reference around its mean. */
class RelativeError {
  #error = 0;
  #spread = 0;

  add(values: Float32Array, reference: Float32Array): void {
    const mean = reference.reduce((sum, value) => sum + value, 0) / reference.length;
    for (const [index, value] of values.entries()) {
      const wanted = reference[index] ?? NaN;
      this.#error += (value - wanted) ** 2;
      this.#spread += (wanted - mean) ** 2;
    }
  }

  get value(): number {
    return Math.sqrt(this.#error / this.#spread);
  }
}

function indexOfLargest(values: Float32Array): number {
  return values.reduce((best, value, index) => (value > (values[best] ?? NaN) ? index : best), 0);
}

/** Probabilities with which tokens are drawn: of the `topK` likeliest, the others have none. */
function draw(logits: Float32Array, topK: number, temperature: number): Float64Array {
  const least = logits.toSorted().at(-Math.min(topK, logits.length)) ?? -Infinity;
  const largest = logits[indexOfLargest(logits)] ?? 0;
  const weights = Float64Array.from(logits, (value) =>
    value < least ? 0 : Math.exp((value - largest) / temperature),
  );
  const sum = weights.reduce((total, weight) => total + weight, 0);
  return weights.map((weight) => weight / sum);
}

/** Total variation: the least share in which draws from the two differ. */
function variation(a: Float64Array, b: Float64Array): number {
  return a.reduce((sum, value, index) => sum + Math.abs(value - (b[index] ?? NaN)), 0) / 2;
}
