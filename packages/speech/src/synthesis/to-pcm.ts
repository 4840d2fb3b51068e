/** Full scale of 16-bit samples. */
const fullScale = 32_767;

/** @param samples −1 to 1, clipped beyond; the level is unchanged */
export function toPcm(samples: Float32Array): Int16Array<ArrayBuffer> {
  return Int16Array.from(samples, (sample) =>
    Math.round(Math.max(-1, Math.min(1, sample)) * fullScale),
  );
}
