import { answerLatency } from "@parley/shared/latency/answer-latency";
import type { LinkNotice, LinkRequest } from "@parley/shared/protocol/agent-link";
import type { ReplyId, TurnId } from "@parley/shared/protocol/ids";
import type { TurnTimings } from "@parley/shared/protocol/turn-timings";
import type { SessionObserver } from "../contracts/session-observer";
import type { InferenceMetrics } from "./inference-metrics";

/** Turns that are remembered, since one may become final again, longer. */
const rememberedTurns = 256;

/** Counts the conversation of one session by what passes over its link. */
export class SessionCounter implements SessionObserver {
  readonly #metrics: InferenceMetrics;
  readonly #turns = new Set<TurnId>();
  /** Replies that are lowered or held. */
  readonly #yielding = new Set<ReplyId>();
  #members = 0;
  #isOpen = false;

  constructor(metrics: InferenceMetrics) {
    this.#metrics = metrics;
  }

  requested(request: LinkRequest): void {
    switch (request.type) {
      case "session-open":
        this.#isOpen = true;
        this.#metrics.sessions.inc();
        this.#addMembers(request.members.length);
        break;
      case "member-joined":
        this.#addMembers(1);
        break;
      case "member-left":
        this.#addMembers(-1);
        break;
      case "message":
        this.#metrics.messages.inc();
        break;
      case "interrupt":
      case "playout":
        break;
    }
  }

  noticed(notice: LinkNotice): LinkNotice {
    const { bargeIns, replies, falseInterruptions, linkErrors } = this.#metrics;
    switch (notice.type) {
      case "transcript-final":
        if (notice.text.trim() !== "") this.#countTurn(notice.turnId);
        break;
      case "turn-timings":
        this.#measure(notice.timings);
        break;
      case "reply-duck":
      case "reply-hold":
        this.#yielding.add(notice.replyId);
        break;
      case "reply-resume":
        if (this.#yielding.delete(notice.replyId)) falseInterruptions.inc();
        break;
      case "reply-cancel":
        bargeIns.inc();
        break;
      case "reply-end":
        this.#yielding.delete(notice.replyId);
        replies.inc({ end: notice.isInterrupted ? "cut-off" : "whole" });
        break;
      case "error":
        linkErrors.inc({ code: notice.error.code });
        break;
      case "session-ready":
      case "transcript-partial":
      case "transcript-retract":
      case "agent-state":
      case "misheard-members":
      case "reply-start":
      case "reply-spoken":
      case "reply-audio-end":
      case "agent-problem":
      case "tool-use":
        break;
    }
    return notice;
  }

  closed(): void {
    if (!this.#isOpen) return;
    this.#isOpen = false;
    this.#metrics.sessions.dec();
    this.#metrics.sessionMembers.dec(this.#members);
    this.#members = 0;
  }

  #addMembers(count: number): void {
    this.#members += count;
    this.#metrics.sessionMembers.inc(count);
  }

  #countTurn(turnId: TurnId): void {
    if (this.#turns.has(turnId)) return;
    this.#turns.add(turnId);
    this.#metrics.turns.inc();
    const [oldest] = this.#turns;
    if (this.#turns.size > rememberedTurns && oldest !== undefined) this.#turns.delete(oldest);
  }

  #measure(timings: TurnTimings): void {
    const latency = answerLatency(timings);
    if (latency === null) return;
    this.#metrics.answerLatency.observe((latency.endMs - latency.startMs) / 1_000);
    for (const { part, startMs, endMs } of latency.spans) {
      this.#metrics.answerLatencyPart.observe({ part }, (endMs - startMs) / 1_000);
    }
  }
}
