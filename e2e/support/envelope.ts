const hopMs = 10;

/** Log energy of each 10 ms, in decibels relative to full scale, floored at -70. */
export function envelope(samples: Int16Array, sampleRate: number): number[] {
  const hop = Math.round((sampleRate * hopMs) / 1_000);
  const levels: number[] = [];
  for (let at = 0; at + hop <= samples.length; at += hop) {
    let sum = 0;
    for (let index = at; index < at + hop; index++) sum += (samples[index] ?? 0) ** 2;
    levels.push(Math.max(-70, 10 * Math.log10(sum / hop / 32_768 ** 2 + 1e-12)));
  }
  return levels;
}

function correlation(left: readonly number[], right: readonly number[]): number {
  const mean = (values: readonly number[]) =>
    values.reduce((sum, value) => sum + value, 0) / values.length;
  const leftMean = mean(left);
  const rightMean = mean(right);
  let product = 0;
  let leftSquare = 0;
  let rightSquare = 0;
  for (const [index, value] of left.entries()) {
    const a = value - leftMean;
    const b = (right[index] ?? 0) - rightMean;
    product += a * b;
    leftSquare += a * a;
    rightSquare += b * b;
  }
  return product / Math.sqrt(leftSquare * rightSquare + 1e-12);
}

/**
 * How alike the loudness of two recordings runs: the best Pearson correlation of `part`'s envelope
 * at any place within `whole`'s, 1 for the same sound.
 */
export function envelopeCorrelation(part: readonly number[], whole: readonly number[]): number {
  let best = -1;
  for (let at = 0; at + part.length <= whole.length; at++) {
    best = Math.max(best, correlation(part, whole.slice(at, at + part.length)));
  }
  return best;
}
