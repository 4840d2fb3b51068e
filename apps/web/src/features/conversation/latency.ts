import type { TurnTimings } from "@parley/shared/protocol/turn-timings";
import type { SoundDelay } from "../../client/sound-delay";

export type LatencyPart = { label: string; ms: number };

/**
 * Latency from the last word into the microphone to the first sound of the reply from the player;
 * null if unknown. Without the delay at this end it is that of the server alone.
 */
export function latencyOf(
  timings: TurnTimings,
  delay: SoundDelay | null,
): { totalMs: number; parts: LatencyPart[] } | null {
  const { speechEndedAtMs, playoutStartedAtMs } = timings;
  if (speechEndedAtMs === null || playoutStartedAtMs === null) return null;
  if (playoutStartedAtMs < speechEndedAtMs) return null;
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
  if (delay !== null) parts.push({ label: "microphone and way", ms: delay.microphoneMs });
  for (const [label, stamp] of stamps) {
    const until = Math.min(stamp ?? at, playoutStartedAtMs);
    if (until > at) parts.push({ label, ms: until - at });
    at = Math.max(at, until);
  }
  if (delay !== null) parts.push({ label: "way and player", ms: delay.playerMs });
  return { totalMs: parts.reduce((sum, { ms }) => sum + ms, 0), parts };
}
