import type { TurnTimings } from "../protocol/turn-timings";

/** Parts of the wait for an answer, in the order in which they happen. */
export const latencyParts = ["end-of-turn", "words", "thinking", "voice", "playing"] as const;
export type LatencyPart = (typeof latencyParts)[number];

/** A part of the wait; Unix times in milliseconds. */
export type LatencySpan = { part: LatencyPart; startMs: number; endMs: number };

export type AnswerLatency = {
  /** The last audio that held speech reached the tap. */
  startMs: number;
  /** The reply's first frame went out. */
  endMs: number;
  /** One after the other without gaps, those without length left out: they add up to the whole. */
  spans: LatencySpan[];
};

/**
 * The wait for an answer at the servers, and what it was spent on. Steps overlap, since answers are
 * made ahead: each counts only for the time by which it delayed the reply.
 *
 * @returns null for turns that were typed or not answered
 */
export function answerLatency(timings: TurnTimings): AnswerLatency | null {
  const { speechEndedAtMs, playoutStartedAtMs } = timings;
  if (speechEndedAtMs === null || playoutStartedAtMs === null) return null;
  if (playoutStartedAtMs < speechEndedAtMs) return null;
  const stamps: Record<LatencyPart, number | null> = {
    "end-of-turn": timings.turnDecidedAtMs,
    words: timings.transcriptFinalAtMs,
    thinking: timings.firstClauseAtMs ?? timings.chatFirstTextAtMs,
    voice: timings.firstAudioAtMs,
    playing: playoutStartedAtMs,
  };
  const spans: LatencySpan[] = [];
  let at = speechEndedAtMs;
  for (const part of latencyParts) {
    const until = Math.min(stamps[part] ?? at, playoutStartedAtMs);
    if (until > at) spans.push({ part, startMs: at, endMs: until });
    at = Math.max(at, until);
  }
  return { startMs: speechEndedAtMs, endMs: playoutStartedAtMs, spans };
}
