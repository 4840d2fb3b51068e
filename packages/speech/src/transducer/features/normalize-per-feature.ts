/** NeMo's `CONSTANT`, added to the deviation. */
const guard = 1e-5;

/**
 * NeMo's `normalize: per_feature`, in place: each mel by its mean and deviation (with N − 1) over
 * the valid frames; later frames become 0. Sums are in double precision, so that a mel that never
 * changes becomes exactly 0.
 *
 * @param signal [mels, frames]
 * @param validFrames frames that hold sound, at the front
 */
export function normalizePerFeature(signal: Float32Array, mels: number, validFrames: number): void {
  const frames = signal.length / mels;
  for (let mel = 0; mel < mels; mel++) {
    const row = signal.subarray(mel * frames, (mel + 1) * frames);
    normalizeRow(row.subarray(0, validFrames));
    row.fill(0, validFrames);
  }
}

function normalizeRow(row: Float32Array): void {
  let sum = 0;
  for (const value of row) sum += value;
  const mean = sum / row.length;
  let squares = 0;
  for (const value of row) squares += (value - mean) ** 2;
  // A single frame has no deviation; it equals its mean.
  const deviation = Math.sqrt(squares / Math.max(1, row.length - 1));
  for (let frame = 0; frame < row.length; frame++) {
    row[frame] = ((row[frame] ?? 0) - mean) / (deviation + guard);
  }
}
