/** RFC 6464's level of silence. */
export const silentLevel = 127;

/**
 * The level of a frame as RFC 6464 counts it: decibels below a full-scale square wave, 0 (loudest)
 * to 127 (silence).
 */
export function audioLevel(samples: Int16Array): number {
  if (samples.length === 0) return silentLevel;
  let energy = 0;
  for (const sample of samples) energy += sample * sample;
  if (energy === 0) return silentLevel;
  const decibels = 10 * Math.log10(energy / samples.length / 32_767 ** 2);
  return Math.min(silentLevel, Math.max(0, Math.round(-decibels)));
}
