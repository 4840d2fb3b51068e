import type { Clock } from "@parley/shared/async/clock";

/** Pieces before the measurement: until then graphs allocate memory, and the first step is longer. */
const unmeasuredPieces = 2;
/** Sound that is measured; more would only make the start longer. */
const measuredMs = 900;

/** Time in which sound was made, and its length. */
export type Pace = { computeMs: number; soundMs: number };

export type PaceOptions = {
  /** Hz. */
  sampleRate: number;
  clock: Pick<Clock, "now">;
};

/**
 * Takes pieces of a clause and measures how quickly they follow each other, codec and decoder together.
 *
 * @param next the clause's next piece; null at its end
 * @returns null when it ended too early to tell
 */
export async function measurePace(
  next: () => Promise<Int16Array | null>,
  { sampleRate, clock }: PaceOptions,
): Promise<Pace | null> {
  for (let piece = 0; piece < unmeasuredPieces; piece++) if ((await next()) === null) return null;
  const startMs = clock.now();
  let soundMs = 0;
  while (soundMs < measuredMs) {
    const samples = await next();
    if (samples === null) break;
    soundMs += (1_000 * samples.length) / sampleRate;
  }
  return soundMs === 0 ? null : { computeMs: clock.now() - startMs, soundMs };
}
