import { trace, type Context, type Tracer } from "@opentelemetry/api";
import { answerLatency } from "@parley/shared/latency/answer-latency";
import type { TurnTimings } from "@parley/shared/protocol/turn-timings";
import { spanTime } from "@parley/telemetry/tracing/span-time";

type Step = { name: string; startMs: number | null; endMs: number | null };

/**
 * The spans of an answered turn, by its stamps. `microphone` and `answer` follow each other; within
 * `answer` lie the parts of the latency panel, which add up to it. Beside them lie the steps as they
 * happened, which overlap, since answers are made ahead. What people hear, `heard`, is the media
 * server's.
 *
 * @param turn the context of the turn's own span
 * @param startedAtMs Unix time of the turn's first sound
 */
export function turnSpans(
  tracer: Tracer,
  turn: Context,
  { startedAtMs, timings }: { startedAtMs: number; timings: TurnTimings },
): void {
  const add = (name: string, parent: Context, startMs: number, endMs: number) => {
    const span = tracer.startSpan(name, { startTime: spanTime(startMs) }, parent);
    span.end(spanTime(endMs));
    return trace.setSpan(parent, span);
  };
  const { speechEndedAtMs, firstAudioAtMs } = timings;
  const { transcriptFinalAtMs, chatFirstTextAtMs, firstClauseAtMs, turnDecidedAtMs } = timings;
  const steps: Step[] = [
    { name: "microphone", startMs: startedAtMs, endMs: speechEndedAtMs },
    { name: "voice activity", startMs: speechEndedAtMs, endMs: timings.vadStoppedAtMs },
    { name: "end of turn", startMs: speechEndedAtMs, endMs: turnDecidedAtMs },
    { name: "recognition", startMs: timings.vadStoppedAtMs, endMs: transcriptFinalAtMs },
    { name: "chat", startMs: transcriptFinalAtMs, endMs: chatFirstTextAtMs },
    { name: "clauses", startMs: chatFirstTextAtMs, endMs: firstClauseAtMs },
    { name: "synthesis", startMs: firstClauseAtMs, endMs: firstAudioAtMs },
  ];
  for (const { name, startMs, endMs } of steps) {
    // An answer that was made for the words before a last "please" is older than they are.
    if (startMs !== null && endMs !== null && endMs >= startMs) add(name, turn, startMs, endMs);
  }
  const latency = answerLatency(timings);
  if (latency === null) return;
  const answer = add("answer", turn, latency.startMs, latency.endMs);
  for (const { part, startMs, endMs } of latency.spans) {
    add(`answer: ${part}`, answer, startMs, endMs);
  }
}
