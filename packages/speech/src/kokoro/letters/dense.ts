/** The few operations of a small transformer, on single vectors. */

/** weight · x + bias. @param weight [outputs, inputs], row-major */
export function dense(x: Float32Array, weight: Float32Array, bias: Float32Array): Float32Array {
  const inputs = x.length;
  return bias.map((start, row) => {
    let sum = start;
    for (let column = 0, at = row * inputs; column < inputs; column++, at++) {
      sum += (weight[at] ?? 0) * (x[column] ?? 0);
    }
    return sum;
  });
}

export function sum(a: Float32Array, b: Float32Array): Float32Array {
  return a.map((value, index) => value + (b[index] ?? 0));
}

export function dot(a: Float32Array, b: Float32Array): number {
  let total = 0;
  for (let index = 0; index < a.length; index++) total += (a[index] ?? 0) * (b[index] ?? 0);
  return total;
}

export function layerNorm(x: Float32Array, scale: Float32Array, bias: Float32Array): Float32Array {
  const mean = x.reduce((total, value) => total + value, 0) / x.length;
  const variance = x.reduce((total, value) => total + (value - mean) ** 2, 0) / x.length;
  const factor = 1 / Math.sqrt(variance + 1e-5);
  return x.map(
    (value, index) => (value - mean) * factor * (scale[index] ?? 0) + (bias[index] ?? 0),
  );
}

/** GELU with the error function, in Abramowitz and Stegun's approximation 7.1.26. */
export function gelu(x: Float32Array): Float32Array {
  return x.map((value) => {
    const z = Math.abs(value) / Math.SQRT2;
    const t = 1 / (1 + 0.3275911 * z);
    const polynomial =
      t *
      (0.254829592 + t * (-0.284496736 + t * (1.421413741 + t * (-1.453152027 + t * 1.061405429))));
    const erf = Math.sign(value) * (1 - polynomial * Math.exp(-z * z));
    return 0.5 * value * (1 + erf);
  });
}

/** Values weighted by how well their keys fit the query. */
export function attend(
  query: Float32Array,
  keys: readonly Float32Array[],
  values: readonly Float32Array[],
): Float32Array {
  const scores = keys.map((key) => dot(query, key) / Math.sqrt(query.length));
  const highest = Math.max(...scores);
  const shares = scores.map((score) => Math.exp(score - highest));
  const total = shares.reduce((sum, share) => sum + share, 0);
  const mixed = new Float32Array(query.length);
  for (const [index, value] of values.entries()) {
    const share = (shares[index] ?? 0) / total;
    for (let at = 0; at < mixed.length; at++)
      mixed[at] = (mixed[at] ?? 0) + share * (value[at] ?? 0);
  }
  return mixed;
}
