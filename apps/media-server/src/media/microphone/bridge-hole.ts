/** All in ticks of 1/48 000 s. */
export type Hole = {
  holeTicks: number;
  /** As much as the missing packets can have held; the rest of the hole was never sent. */
  lostTicks: number;
  /** Length of one packet. */
  frameTicks: number;
  /** Silence that went out already while nothing arrived. */
  filledTicks: number;
  maxSilenceTicks: number;
};

export type Bridge = {
  /** One number a frame. */
  conceal: number[];
  silence: number;
  recover: number;
};

/** Opus conceals in steps of 2.5 ms. */
const concealStepTicks = 120;

/** After about 100 ms a guess is only noise. */
const maxConcealTicks = 4_800;

/**
 * Divides a hole in time among the means to fill it: first guesses that carry on from what was
 * heard last, then silence, and for the last frame the redundancy in the packet that follows.
 */
export function bridgeHole(hole: Hole): Bridge {
  const lostTicks = Math.min(hole.holeTicks, hole.lostTicks);
  const recover = Math.min(hole.frameTicks, lostTicks);
  let owed = Math.max(0, hole.holeTicks - recover - hole.filledTicks);
  const conceal: number[] = [];
  let concealable = Math.min(owed, lostTicks - recover, maxConcealTicks);
  while (concealable >= concealStepTicks) {
    const most = Math.min(concealable, hole.frameTicks);
    const ticks = most - (most % concealStepTicks);
    if (ticks === 0) break;
    conceal.push(ticks);
    concealable -= ticks;
    owed -= ticks;
  }
  const silence = Math.max(0, Math.min(owed, hole.maxSilenceTicks - hole.filledTicks));
  // Recovery needs a whole step too; a shorter rest is not worth a click.
  return { conceal, silence, recover: recover - (recover % concealStepTicks) };
}
