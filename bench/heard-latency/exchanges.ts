import type { TurnTimings } from "@parley/shared/protocol/turn-timings";
import type { ProbedChunk } from "../../e2e/support/audio-probe";

/** A stretch of sound between longer silences, Unix time in ms. */
export type SoundSpan = { startMs: number; endMs: number };

/**
 * Groups audible chunks into stretches.
 *
 * @param gapMs silences shorter than this belong to the stretch (pauses between words and clauses)
 */
export function soundSpans(
  chunks: readonly ProbedChunk[],
  level: number,
  gapMs: number,
): SoundSpan[] {
  const spans: SoundSpan[] = [];
  for (const chunk of chunks) {
    if (chunk.level < level) continue;
    const last = spans.at(-1);
    if (last !== undefined && chunk.atMs - last.endMs < gapMs) last.endMs = chunk.atMs;
    else spans.push({ startMs: chunk.atMs, endMs: chunk.atMs });
  }
  return spans;
}

/** One exchange and where its time went, all in ms. */
export type Exchange = {
  heardMs: number;
  parts: {
    /** Last loud sample at the microphone → last speech as the server's detector sees it. */
    uplink: number;
    /** → detector closes the speech. */
    detection: number;
    /** → turn-taking gives the agent the floor. */
    decision: number;
    /** → first frame on the wire (thinking and synthesis that the decision did not hide). */
    release: number;
    /** → first loud sample where the browser plays it. */
    downlink: number;
  };
  /** Remainder of the total that the parts do not explain. */
  remainderMs: number;
  /** What goes on behind the decision, measured from the end of detection. */
  sinceDetected: {
    /** Until the words are final. */
    words: number;
    /** Until the answer's first clause goes to the synthesiser. */
    clause: number;
    /** Until its first sound is there. */
    sound: number;
  };
};

/** Matches each spoken stretch with the reply that follows it before the next one. */
export function pairExchanges(
  spoken: readonly SoundSpan[],
  replies: readonly SoundSpan[],
  timings: readonly TurnTimings[],
): { exchanges: Exchange[]; unanswered: number } {
  const exchanges: Exchange[] = [];
  for (const [index, span] of spoken.entries()) {
    const untilMs = spoken[index + 1]?.startMs ?? Number.POSITIVE_INFINITY;
    const timing = timings.find(
      ({ playoutStartedAtMs }) =>
        playoutStartedAtMs !== null &&
        playoutStartedAtMs > span.endMs &&
        playoutStartedAtMs < untilMs,
    );
    // By the reply's own start: a reply that this question cut short may have ended just before.
    const fromMs = timing?.playoutStartedAtMs ?? span.endMs;
    const reply = replies.find(({ startMs }) => startMs > fromMs && startMs < untilMs);
    if (reply === undefined || timing === undefined) continue;
    const stamps = [
      timing.speechEndedAtMs,
      timing.vadStoppedAtMs,
      timing.turnDecidedAtMs,
      timing.playoutStartedAtMs,
    ];
    if (stamps.includes(null)) continue;
    const [speechEnded = 0, vadStopped = 0, decided = 0, started = 0] = stamps as number[];
    const parts = {
      uplink: speechEnded - span.endMs,
      detection: vadStopped - speechEnded,
      decision: decided - vadStopped,
      release: started - decided,
      downlink: reply.startMs - started,
    };
    const heardMs = reply.startMs - span.endMs;
    exchanges.push({
      heardMs,
      parts,
      remainderMs: heardMs - Object.values(parts).reduce((sum, part) => sum + part, 0),
      sinceDetected: {
        words: (timing.transcriptFinalAtMs ?? Number.NaN) - vadStopped,
        clause: (timing.firstClauseAtMs ?? Number.NaN) - vadStopped,
        sound: (timing.firstAudioAtMs ?? Number.NaN) - vadStopped,
      },
    });
  }
  return { exchanges, unanswered: spoken.length - exchanges.length };
}
