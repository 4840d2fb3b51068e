import {
  answerLatency,
  type LatencyPart as AnswerPart,
} from "@parley/shared/latency/answer-latency";
import type { TurnTimings } from "@parley/shared/protocol/turn-timings";
import type { SoundDelay } from "@parley/client/media/sound-delay";

export type LatencyPart = { label: string; ms: number };

const labels: Record<AnswerPart, string> = {
  "end-of-turn": "end of turn",
  words: "words",
  thinking: "thinking",
  voice: "voice",
  playing: "playing",
};

/**
 * Latency from the last word into the microphone to the first sound of the reply from the player;
 * null if unknown. Without the delay at this end it is that of the server alone.
 */
export function latencyOf(
  timings: TurnTimings,
  delay: SoundDelay | null,
): { totalMs: number; parts: LatencyPart[] } | null {
  const latency = answerLatency(timings);
  if (latency === null) return null;
  const parts = latency.spans.map(({ part, startMs, endMs }) => ({
    label: labels[part],
    ms: endMs - startMs,
  }));
  if (delay !== null) {
    parts.unshift({ label: "microphone and way", ms: delay.microphoneMs });
    parts.push({ label: "way and player", ms: delay.playerMs });
  }
  return { totalMs: parts.reduce((sum, { ms }) => sum + ms, 0), parts };
}
