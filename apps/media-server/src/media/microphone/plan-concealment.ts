/** A gap in a stream's RTP timestamps. All in ticks of 1/48 000 s. */
export type Gap = {
  gapTicks: number;
  /** Upper bound of what the lost packets held; the rest of the gap was never sent (DTX). */
  lostTicks: number;
  /** Length of one packet. */
  frameTicks: number;
  /** Silence already put out while nothing arrived. */
  filledTicks: number;
  maxSilenceTicks: number;
};

/** Steps that fill a gap, in the order in which they are played, in ticks of 1/48 000 s. */
export type ConcealmentPlan = {
  /** One number for each frame that the decoder extrapolates. */
  concealTicks: number[];
  silenceTicks: number;
  /** Length of the frame decoded from the following packet's in-band FEC; 0 for none. */
  recoverTicks: number;
};

/** Opus conceals in steps of 2.5 ms. */
const concealStepTicks = 120;

/** Opus' extrapolation holds for about 100 ms; beyond that it is noise. */
const maxConcealTicks = 4_800;

/**
 * Packet loss concealment for one gap: the decoder extrapolates from the last frames heard, then
 * comes silence, and the last lost frame is recovered from the in-band FEC of the packet that
 * follows.
 */
export function planConcealment(gap: Gap): ConcealmentPlan {
  const lostTicks = Math.min(gap.gapTicks, gap.lostTicks);
  const recoverTicks = Math.min(gap.frameTicks, lostTicks);
  let remainingTicks = Math.max(0, gap.gapTicks - recoverTicks - gap.filledTicks);
  const concealTicks: number[] = [];
  let concealable = Math.min(remainingTicks, lostTicks - recoverTicks, maxConcealTicks);
  while (concealable >= concealStepTicks) {
    const most = Math.min(concealable, gap.frameTicks);
    const ticks = most - (most % concealStepTicks);
    if (ticks === 0) break;
    concealTicks.push(ticks);
    concealable -= ticks;
    remainingTicks -= ticks;
  }
  const maxSilenceTicks = gap.maxSilenceTicks - gap.filledTicks;
  return {
    concealTicks,
    silenceTicks: Math.max(0, Math.min(remainingTicks, maxSilenceTicks)),
    // FEC decodes whole steps too; a shorter rest is not worth a click.
    recoverTicks: recoverTicks - (recoverTicks % concealStepTicks),
  };
}
