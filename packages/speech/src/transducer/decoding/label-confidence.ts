/** Order of the entropy: NeMo's default `alpha`. */
const order = 0.33;
/** Logit below the highest from which softmax terms add up to less than a millionth. */
const negligibleLogit = -25;

/**
 * Confidence in an emitted label: Tsallis entropy of order 0.33 over the labels, normalised
 * exponentially to 0 (all labels alike) … 1 (one certain), which is NeMo's default for tokens
 * (`ConfidenceMethodConfig`, `tdt_include_duration` false), and the label's own probability.
 *
 * @param logits not normalised, finite or −∞
 * @param from index of the first label: the tokens and the blank, `count` of them
 * @param label index of the emitted label, counted from `from`
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
