/** Values that are summed one after another; longer stretches are halved first. */
const blockLength = 128;
const lanes = 8;

/**
 * Mean and variance in single precision, rounded as NumPy does: the model is quantised at run time, and
 * a last digit that differs can change its answer by a tenth.
 */
export function float32Statistics(values: Float32Array): { mean: number; variance: number } {
  const mean = Math.fround(pairwiseSum(values) / values.length);
  const squares = values.map((value) => Math.fround(value - mean) ** 2);
  return { mean, variance: Math.fround(pairwiseSum(squares) / values.length) };
}

/** NumPy's sum: eight lanes over blocks of up to 128, in pairs. */
function pairwiseSum(values: Float32Array): number {
  if (values.length > blockLength) {
    const half = Math.floor(values.length / 2);
    const middle = half - (half % lanes);
    return Math.fround(
      pairwiseSum(values.subarray(0, middle)) + pairwiseSum(values.subarray(middle)),
    );
  }
  const whole = values.length - (values.length % lanes);
  const sums = new Float32Array(lanes);
  for (let at = 0; at < whole; at++) {
    sums[at % lanes] = (sums[at % lanes] ?? 0) + (values[at] ?? 0);
  }
  const [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = sums;
  const pair = (left: number, right: number) => Math.fround(left + right);
  const total = pair(pair(pair(a, b), pair(c, d)), pair(pair(e, f), pair(g, h)));
  return values.subarray(whole).reduce(pair, total);
}
