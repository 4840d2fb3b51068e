import type { Mismatches } from "./mismatches";
import { claimsAbout, type ModelStatement } from "./model-statements";

/** Most durations of a TDT model; more outputs mean that the vocabulary is another model's. */
const mostDurations = 16;

/**
 * Checks the number of joint outputs against vocabulary and durations.
 *
 * @param outputs number of joint outputs
 * @param tokens size of the vocabulary, without the blank
 * @returns the durations of a TDT model; null for RNN-T, or on a mismatch, which is added
 */
export function checkOutputs(
  outputs: number,
  tokens: number,
  statements: readonly ModelStatement[],
  mismatches: Mismatches,
): readonly number[] | null {
  const claims = claimsAbout(statements, ({ durations }) => durations);
  const durations = mismatches.agree("durations", claims);
  const extra = outputs - tokens - 1;
  const isCounted =
    claims.length === 0 &&
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
