const hopMs = 10;
/** Digital silence, in decibels relative to full scale. */
const quietestDb = -70;

/** Log energy of each 10 ms, in decibels relative to full scale, floored at silence. */
export function envelope(samples: Int16Array, sampleRate: number): number[] {
  const hop = Math.round((sampleRate * hopMs) / 1_000);
  const levels: number[] = [];
  for (let at = 0; at + hop <= samples.length; at += hop) {
    let sum = 0;
    for (let index = at; index < at + hop; index++) sum += (samples[index] ?? 0) ** 2;
    levels.push(Math.max(quietestDb, 10 * Math.log10(sum / hop / 32_768 ** 2 + 1e-12)));
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

/** Length of the pieces that are looked for one after the other: about a syllable and a half. */
const pieceHops = 30;
/** How much sooner or later a piece may come than the one before it says. */
const mostSlipHops = 10;

/**
 * How alike the loudness of two recordings runs: the best Pearson correlation of `part`'s envelope
 * at any place within `whole`'s, 1 for the same sound. A browser on a busy machine stretches what it
 * plays and leaves pieces out, so pieces of 300 ms may each be 100 ms off the one before.
 */
export function envelopeCorrelation(part: readonly number[], whole: readonly number[]): number {
  let best = -1;
  for (let at = 0; at + part.length <= whole.length; at++) {
    best = Math.max(best, correlation(part, followed(part, whole, at)));
  }
  return best;
}

/** What of `whole` is most like each piece of `part`, the first of them looked for at a place. */
function followed(part: readonly number[], whole: readonly number[], from: number): number[] {
  const found: number[] = [];
  let expected = from;
  for (let at = 0; at < part.length; at += pieceHops) {
    const piece = part.slice(at, at + pieceHops);
    const places = Array.from({ length: 2 * mostSlipHops + 1 }, (_, slip) =>
      Math.max(0, expected + slip - mostSlipHops),
    );
    const distances = places.map((place) => distance(piece, whole, place));
    const place = places[distances.indexOf(Math.min(...distances))] ?? expected;
    found.push(...piece.map((_, index) => whole[place + index] ?? quietestDb));
    expected = place + piece.length;
  }
  return found;
}

function distance(piece: readonly number[], whole: readonly number[], at: number): number {
  return piece.reduce(
    (sum, level, index) => sum + (level - (whole[at + index] ?? quietestDb)) ** 2,
    0,
  );
}
