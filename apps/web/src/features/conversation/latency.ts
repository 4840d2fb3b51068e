import type { TurnTimings } from "@parley/shared/protocol/turn-timings";

export type LatencyPart = { label: string; ms: number };

/** Latency at the server, from end of speech to first sound of the reply; null if unknown. */
export function latencyOf(timings: TurnTimings): { totalMs: number; parts: LatencyPart[] } | null {
  const { speechEndedAtMs, playoutStartedAtMs } = timings;
  if (speechEndedAtMs === null || playoutStartedAtMs === null) return null;
  const totalMs = playoutStartedAtMs - speechEndedAtMs;
  if (totalMs < 0) return null;
  const stamps: [string, number | null][] = [
    ["end of turn", timings.turnDecidedAtMs],
    ["words", timings.transcriptFinalAtMs],
    ["thinking", timings.firstClauseAtMs ?? timings.chatFirstTextAtMs],
    ["voice", timings.firstAudioAtMs],
    ["playing", playoutStartedAtMs],
  ];
  // Steps overlap: each counts only for the time by which it delayed the reply.
  let at = speechEndedAtMs;
  const parts: LatencyPart[] = [];
  for (const [label, stamp] of stamps) {
    const until = Math.min(stamp ?? at, playoutStartedAtMs);
    if (until > at) parts.push({ label, ms: until - at });
    at = Math.max(at, until);
  }
  return { totalMs, parts };
}
