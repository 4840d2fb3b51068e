import type { Mismatches } from "./mismatches";
import { claimsAbout, type ModelStatement } from "./model-statements";

/** More outputs beyond the blank than any TDT model has: a vocabulary that does not belong. */
const mostDurations = 16;

/**
 * Checks the joint's outputs against vocabulary and durations.
 *
 * @param outputs of the joint
 * @param tokens in the vocabulary, without the blank
 * @returns the durations of a TDT model, null for RNN-T or, noted, for a mismatch
 */
export function checkOutputs(
  outputs: number,
  tokens: number,
  statements: readonly ModelStatement[],
  mismatches: Mismatches,
): readonly number[] | null {
  const told = claimsAbout(statements, ({ durations }) => durations);
  const durations = mismatches.agree("durations", told);
  const extra = outputs - tokens - 1;
  const isCounted =
    told.length === 0 &&
    claimsAbout(statements, ({ countsDurations }) => countsDurations).length > 0;
  if (isCounted && extra > 1 && extra <= mostDurations) {
    return Array.from({ length: extra }, (_, duration) => duration);
  }
  const expected = durations?.length ?? 0;
  if (extra !== expected) {
    const parts = expected === 0 ? "" : ` with ${expected} durations`;
    mismatches.add(
      `joint outputs: ${outputs}, but ${tokens} tokens and the blank${parts} make ${tokens + 1 + expected}`,
    );
  }
  return durations;
}
