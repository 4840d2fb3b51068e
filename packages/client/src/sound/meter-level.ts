/** Noise floor of a good microphone in a quiet room, in dBFS; shown as silence. */
const floorDb = -58;
/** Loud speech, in dBFS; shown as full scale, as is anything above. */
const ceilingDb = -14;

/** Level for a meter (0 to 1) of a linear amplitude (0 to 1): linear in decibels. */
export function meterLevel(amplitude: number): number {
  if (!(amplitude > 0)) return 0;
  const db = 20 * Math.log10(amplitude);
  return Math.min(1, Math.max(0, (db - floorDb) / (ceilingDb - floorDb)));
}
