import type { Logits } from "../model/decoder-passes";

/** A token and the logarithm of its probability. */
export type ScoredToken = { id: number; logProbability: number };

/** The likeliest token of a row of logits. */
export function bestToken({ values, vocabulary }: Logits, row: number): ScoredToken {
  const from = row * vocabulary;
  let id = 0;
  let highest = -Infinity;
  for (let index = 0; index < vocabulary; index++) {
    const value = values[from + index] ?? -Infinity;
    if (value > highest) {
      highest = value;
      id = index;
    }
  }
  let mass = 0;
  for (let index = 0; index < vocabulary; index++) {
    mass += Math.exp((values[from + index] ?? -Infinity) - highest);
  }
  return { id, logProbability: -Math.log(mass) };
}
