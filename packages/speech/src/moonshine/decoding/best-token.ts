import type { TokenBooster } from "../../recognition/boosting/token-booster";
import type { Logits } from "../model/decoder-passes";

/** A token and the logarithm of its probability. */
export type ScoredToken = { id: number; logProbability: number };

/** Preferred phrases, and how far the tokens so far have come in one. */
export type PhraseState = { booster: TokenBooster; node: number };

/**
 * The token with the highest logit of a row, preferred phrases given their bonus. Its probability is
 * the model's own, so that a phrase that nobody said stays improbable.
 */
export function bestToken(
  { values, vocabulary }: Logits,
  row: number,
  phrases: PhraseState | null = null,
): ScoredToken {
  const logits = values.subarray(row * vocabulary, (row + 1) * vocabulary);
  let scores = logits;
  if (phrases !== null) {
    scores = logits.slice();
    phrases.booster.addBonuses(phrases.node, scores);
  }
  const id = highestOf(scores);
  const chosen = logits[id] ?? -Infinity;
  let mass = 0;
  for (const logit of logits) mass += Math.exp(logit - chosen);
  return { id, logProbability: -Math.log(mass) };
}

function highestOf(scores: Float32Array): number {
  let id = 0;
  let highest = -Infinity;
  for (let index = 0; index < scores.length; index++) {
    const score = scores[index] ?? -Infinity;
    if (score > highest) {
      highest = score;
      id = index;
    }
  }
  return id;
}
