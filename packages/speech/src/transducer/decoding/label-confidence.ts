/** Order of the entropy: NeMo's default `alpha`. */
const order = 0.33;
/** Softmax terms below e to this add less than a millionth even all together. */
const negligibleLogit = -25;

/**
 * How sure a model is of what it emits: its labels' Tsallis entropy of order 0.33, normalised
 * exponentially to 0 (all labels alike) … 1 (one certain), which is NeMo's default for tokens
 * (`ConfidenceMethodConfig`, `tdt_include_duration` false), and the label's own probability.
 *
 * @param logits not normalised, finite or −∞
 * @param from where the labels begin: the tokens and the blank, `count` of them
 * @param label whose probability is asked for, counted from `from`
 */
export function labelConfidence(
  logits: Float32Array,
  from: number,
  count: number,
  label: number,
): { confidence: number; probability: number } {
  let highest = -Infinity;
  for (let at = from; at < from + count; at++) {
    const logit = logits[at] ?? -Infinity;
    if (logit > highest) highest = logit;
  }
  let mass = 0;
  let powers = 0;
  for (let at = from; at < from + count; at++) {
    const logit = (logits[at] ?? -Infinity) - highest;
    powers += Math.exp(order * logit);
    if (logit > negligibleLogit) mass += Math.exp(logit);
  }
  // Σ p^α, where p = e^logit / mass.
  const powerSum = powers / mass ** order;
  const least = Math.exp((1 - count ** (1 - order)) / (1 - order));
  const certainty = (Math.exp((1 - powerSum) / (1 - order)) - least) / (1 - least);
  return {
    confidence: Math.min(1, Math.max(0, certainty)),
    probability: Math.exp((logits[from + label] ?? -Infinity) - highest) / mass,
  };
}
