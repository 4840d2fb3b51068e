/** Quieter than this is silence to people: room noise of a good microphone. */
const floorDb = -58;
/** Loud speech; anything above is full scale. */
const ceilingDb = -14;

/** Maps a linear amplitude (0 to 1) to how loud it looks (0 to 1), evenly in decibels. */
export function meterLevel(amplitude: number): number {
  if (!(amplitude > 0)) return 0;
  const db = 20 * Math.log10(amplitude);
  return Math.min(1, Math.max(0, (db - floorDb) / (ceilingDb - floorDb)));
}
