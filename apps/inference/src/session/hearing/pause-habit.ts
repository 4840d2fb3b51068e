/** How one person pauses within an utterance, as a moving estimate. A snapshot. */
export type PauseHabit = {
  /** Pause of theirs after words that lacked nothing, on the long side, ms. */
  readonly pauseMs: number;
  /** Added to waits after the agent took the floor too early; it wears off. ms. */
  readonly extraMs: number;
};

/** Pause of somebody of whom nothing is known: people pause 300 to 700 between sentences. */
export const typicalPauseMs = 500;

export const unknownHabit: PauseHabit = { pauseMs: typicalPauseMs, extraMs: 0 };

/** Up fast and down slowly: a cut is worse than a wait, and only pauses that were waited for show. */
const weights = { longer: 0.5, shorter: 0.1 };

const extra = { stepMs: 200, mostMs: 400, kept: 0.7 };

/** @param pauseMs a pause after which the person went on with the same turn */
export function afterPause(habit: PauseHabit, pauseMs: number): PauseHabit {
  const difference = pauseMs - habit.pauseMs;
  const weight = difference > 0 ? weights.longer : weights.shorter;
  return { ...habit, pauseMs: habit.pauseMs + weight * difference };
}

/** @param pauseMs a pause that the agent took for the end */
export function afterLateCorrection(habit: PauseHabit, pauseMs: number): PauseHabit {
  const extraMs = Math.min(extra.mostMs, habit.extraMs + extra.stepMs);
  return { pauseMs: Math.max(habit.pauseMs, pauseMs), extraMs };
}

/** A turn ended, and nothing shows that it was too early. */
export function afterTurn(habit: PauseHabit): PauseHabit {
  return { ...habit, extraMs: habit.extraMs * extra.kept };
}
