import type { Clock } from "@parley/shared/async/clock";

/** Rounds for which the fastest has to stand: fewer may all have waited for other programs. */
const roundsToStand = 3;
/** By less than this share a round is as fast as another. */
const tolerance = 0.05;
/** A machine that is busy all the time slows them all down, and people wait for the start. */
const mostRounds = 24;

/**
 * Time that work takes on a device whose processor others use too: rounds are timed until the fastest
 * stands. The programs of a start compete with each other, and what is measured then counts for good.
 *
 * @returns the fastest round, in milliseconds
 */
export async function fastestRound(round: () => Promise<void>, clock: Clock): Promise<number> {
  let fastestMs = Infinity;
  let standing = 0;
  for (let count = 0; count < mostRounds && standing < roundsToStand; count++) {
    const startMs = clock.now();
    await round();
    const tookMs = clock.now() - startMs;
    standing = tookMs < fastestMs * (1 - tolerance) ? 1 : standing + 1;
    fastestMs = Math.min(fastestMs, tookMs);
  }
  return fastestMs;
}
