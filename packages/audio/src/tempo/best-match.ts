/** Steps of the first look; the second looks at each place around the best of them. */
const coarseStep = 4;

/**
 * @param sound in which is looked; it has `wanted.length` samples behind `to`
 * @returns the place between `from` and `to`, both included, where the sound is most like `wanted`:
 *   by correlation, whatever the loudness
 */
export function bestMatch(
  sound: Int16Array,
  { wanted, from, to }: { wanted: Int16Array; from: number; to: number },
): number {
  const coarse = bestOf(sound, wanted, { from, to, step: coarseStep });
  return bestOf(sound, wanted, {
    from: Math.max(from, coarse - coarseStep + 1),
    to: Math.min(to, coarse + coarseStep - 1),
    step: 1,
  });
}

function bestOf(
  sound: Int16Array,
  wanted: Int16Array,
  { from, to, step }: { from: number; to: number; step: number },
): number {
  let best = { place: from, likeness: -Infinity };
  // Every other sample tells as much of a voice, for half the work.
  const stride = step > 1 ? 2 : 1;
  for (let place = from; place <= to; place += step) {
    const likeness = likenessAt(sound, wanted, place, stride);
    if (likeness > best.likeness) best = { place, likeness };
  }
  return best.place;
}

function likenessAt(sound: Int16Array, wanted: Int16Array, place: number, stride: number): number {
  let product = 0;
  let energy = 1;
  for (let at = 0; at < wanted.length; at += stride) {
    const sample = sound[place + at] ?? 0;
    product += sample * (wanted[at] ?? 0);
    energy += sample * sample;
  }
  return product / Math.sqrt(energy);
}
