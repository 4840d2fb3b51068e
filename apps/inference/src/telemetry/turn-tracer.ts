import { trace, ROOT_CONTEXT, type Attributes, type Span } from "@opentelemetry/api";
import type { LinkNotice, LinkRequest } from "@parley/shared/protocol/agent-link";
import type { MemberId, ReplyId, RoomId, TurnId } from "@parley/shared/protocol/ids";
import type { Clock } from "@parley/shared/async/clock";
import { spanTime } from "@parley/telemetry/tracing/span-time";
import { traceparentOf } from "@parley/telemetry/tracing/traceparent";
import type { Tracing } from "@parley/telemetry/tracing/tracing";
import type { SessionObserver } from "../contracts/session-observer";
import { turnSpans } from "./turn-spans";

type TracedTurn = {
  span: Span;
  memberId: MemberId;
  startedAtMs: number;
  /** When its words were final, and it was not yet answered. */
  finalAtMs: number | null;
  /** The reply that answers it; null before there is one. */
  replyId: ReplyId | null;
};

type TranscriptNotice = Extract<LinkNotice, { type: "transcript-partial" | "transcript-final" }>;

/** Turns that are remembered after their trace: far more than may go on later. */
const rememberedTurns = 64;

/**
 * Makes one trace of each turn of a session, from what passes over its link. Its root lasts from the
 * first word to the end of the reply; a turn that nobody answered ends with its words.
 */
export class TurnTracer implements SessionObserver {
  readonly #tracing: Tracing;
  readonly #clock: Clock;
  readonly #turns = new Map<TurnId, TracedTurn>();
  /** Spans of turns that are over: one that goes on later refers to it. */
  readonly #over = new Map<TurnId, Span>();
  #roomId: RoomId | null = null;

  constructor(tracing: Tracing, clock: Clock) {
    this.#tracing = tracing;
    this.#clock = clock;
  }

  requested(request: LinkRequest): void {
    if (request.type === "session-open") this.#roomId = request.roomId;
  }

  noticed(notice: LinkNotice): LinkNotice {
    switch (notice.type) {
      case "transcript-partial":
      case "transcript-final":
        this.#hear(notice);
        break;
      case "transcript-retract":
        this.#end(notice.turnId, { "parley.turn.end": "retracted" });
        break;
      case "reply-start":
        return this.#answer(notice);
      case "turn-timings": {
        const turn = this.#turns.get(notice.timings.turnId);
        if (turn === undefined) break;
        turnSpans(this.#tracing.tracer, trace.setSpan(ROOT_CONTEXT, turn.span), {
          startedAtMs: turn.startedAtMs,
          timings: notice.timings,
        });
        break;
      }
      case "reply-end":
        this.#endReply(notice);
        break;
      case "session-ready":
      case "agent-state":
      case "misheard-members":
      case "reply-spoken":
      case "reply-audio-end":
      case "reply-hold":
      case "reply-duck":
      case "reply-resume":
      case "reply-cancel":
      case "agent-problem":
      case "tool-use":
      case "error":
        break;
    }
    return notice;
  }

  closed(): void {
    for (const turnId of [...this.#turns.keys()]) {
      this.#end(turnId, { "parley.turn.end": "session-closed" });
    }
  }

  #hear({ type, turnId, memberId, startedAtMs, text }: TranscriptNotice): void {
    const turn = this.#turns.get(turnId) ?? this.#open(turnId, memberId, startedAtMs);
    if (type === "transcript-partial") return;
    turn.finalAtMs = this.#clock.now();
    if (this.#tracing.hasSpeech) turn.span.setAttribute("parley.turn.text", text);
  }

  #open(turnId: TurnId, memberId: MemberId, startedAtMs: number): TracedTurn {
    // Somebody's next turn begins: nobody will answer the last one any more.
    for (const [earlier, { memberId: of, finalAtMs, replyId }] of this.#turns) {
      const isUnanswered = of === memberId && finalAtMs !== null && replyId === null;
      if (isUnanswered) this.#end(earlier, { "parley.turn.end": "unanswered" }, finalAtMs);
    }
    const before = this.#over.get(turnId);
    const span = this.#tracing.tracer.startSpan("turn", {
      root: true,
      startTime: spanTime(startedAtMs),
      attributes: {
        ...(this.#roomId === null ? {} : { "parley.room.id": this.#roomId }),
        "parley.turn.id": turnId,
        "parley.member.id": memberId,
      },
      links: before === undefined ? [] : [{ context: before.spanContext() }],
    });
    const turn: TracedTurn = { span, memberId, startedAtMs, finalAtMs: null, replyId: null };
    this.#turns.set(turnId, turn);
    return turn;
  }

  #answer(notice: Extract<LinkNotice, { type: "reply-start" }>): LinkNotice {
    const turn = notice.turnId === null ? undefined : this.#turns.get(notice.turnId);
    if (turn === undefined) return notice;
    turn.replyId = notice.replyId;
    turn.span.setAttribute("parley.reply.id", notice.replyId);
    const traceparent = traceparentOf(turn.span);
    return traceparent === undefined ? notice : { ...notice, traceparent };
  }

  #endReply({ replyId, isInterrupted, text }: Extract<LinkNotice, { type: "reply-end" }>): void {
    for (const [turnId, turn] of this.#turns) {
      if (turn.replyId !== replyId) continue;
      if (this.#tracing.hasSpeech) turn.span.setAttribute("parley.reply.text", text);
      this.#end(turnId, { "parley.turn.end": isInterrupted ? "cut-off" : "answered" });
    }
  }

  #end(turnId: TurnId, attributes: Attributes, atMs = this.#clock.now()): void {
    const turn = this.#turns.get(turnId);
    if (turn === undefined) return;
    this.#turns.delete(turnId);
    turn.span.setAttributes(attributes);
    turn.span.end(spanTime(Math.max(turn.startedAtMs, atMs)));
    this.#over.set(turnId, turn.span);
    const [oldest] = this.#over.keys();
    if (this.#over.size > rememberedTurns && oldest !== undefined) this.#over.delete(oldest);
  }
}
