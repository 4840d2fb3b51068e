import type { MagpieManifest } from "../magpie-manifest";

/**
 * The attention prior of a first chunk, after steps that attended to the given tokens.
 *
 * @param sink steps at one token after which its prior drops; null for NeMo's 10
 */
export function priorAfter(
  { inference: { priorEpsilon, lookahead } }: MagpieManifest,
  attended: readonly (number | null)[],
  length: number,
  sink: number | null,
): Float32Array | null {
  const last = attended.at(-1) ?? null;
  if (last === null) return null;
  const prior = new Float32Array(length).fill(length <= 5 ? 1 : priorEpsilon);
  if (length > 5) prior.fill(1, Math.max(1, last - 1), Math.min(last + lookahead, length - 1) + 1);
  const counts = new Map<number, number>();
  for (const token of attended) if (token !== null) counts.set(token, (counts.get(token) ?? 0) + 1);
  for (const [token, count] of counts) {
    if (count >= (sink ?? 10)) prior.fill(priorEpsilon, 0, token + 1);
  }
  return prior;
}
