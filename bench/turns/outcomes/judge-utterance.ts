import type { PlayedScene, Span } from "../play-scene";
import type { UtteranceOutcome } from "./outcome";

/** Sound so shortly before the end of the last word disturbs nobody. */
const toleranceMs = 50;

/** Judges a scene in which one person speaks, and the agent was silent when they began. */
export function judgeUtterance({ said, heard, lines }: PlayedScene): UtteranceOutcome {
  const parts = said[0]?.parts ?? [];
  const endMs = parts.at(-1)?.toMs ?? 0;
  const early = heard.filter(({ fromMs }) => fromMs < endMs - toleranceMs);
  const answer = heard.find(({ fromMs }) => fromMs >= endMs - toleranceMs);
  const pauses = parts.slice(1).map((next, index) => {
    const before = parts[index]?.toMs ?? 0;
    const isSpokenInto = early.some(({ fromMs }) => fromMs >= before && fromMs < next.toMs);
    return { ms: Math.round(next.fromMs - before), isSpokenInto };
  });
  return {
    type: "utterance",
    pauses,
    isCutOff: early.some(({ fromMs }) => fromMs < (parts[0]?.toMs ?? 0)),
    waitMs: answer === undefined ? null : Math.max(0, Math.round(answer.fromMs - endMs)),
    withdrawalsMs: early.flatMap((reply) => withdrawal(reply, parts)),
    turns: lines.length,
  };
}

/** None when the reply was over before the person went on. */
function withdrawal(reply: Span, parts: readonly Span[]): number[] {
  const next = parts.find(({ toMs }) => toMs > reply.fromMs);
  if (next === undefined || reply.toMs <= next.fromMs) return [];
  return [Math.round(reply.toMs - Math.max(reply.fromMs, next.fromMs))];
}
