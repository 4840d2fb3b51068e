import type { Clock } from "@parley/shared/async/clock";
import type { ReplyId } from "@parley/shared/protocol/ids";
import { spanTime } from "@parley/telemetry/tracing/span-time";
import { contextOf } from "@parley/telemetry/tracing/traceparent";
import type { Tracing } from "@parley/telemetry/tracing/tracing";
import type { MediaEngineEvent } from "../contracts/media-engine";

/** Traced replies that are under way; one whose end is lost must not stay for ever. */
const maxReplies = 1_000;

/**
 * Adds to each turn's trace, which inference began, the span in which the reply was heard: from its
 * first frame on the wire to its end.
 */
export class HeardTracer {
  readonly #tracing: Tracing;
  readonly #clock: Clock;
  readonly #replies = new Map<ReplyId, { traceparent: string; heardAtMs: number | null }>();

  constructor(tracing: Tracing, clock: Clock) {
    this.#tracing = tracing;
    this.#clock = clock;
  }

  handle(event: MediaEngineEvent): void {
    if (event.type !== "link-notice") return;
    const { notice } = event;
    switch (notice.type) {
      case "reply-start":
        if (notice.traceparent !== undefined) this.#begin(notice.replyId, notice.traceparent);
        break;
      case "turn-timings": {
        const reply = this.#replies.get(notice.timings.replyId);
        if (reply !== undefined) reply.heardAtMs = notice.timings.playoutStartedAtMs;
        break;
      }
      case "reply-end":
        this.#end(notice.replyId, event.roomId, notice.isInterrupted);
        break;
      default:
    }
  }

  #begin(replyId: ReplyId, traceparent: string): void {
    this.#replies.set(replyId, { traceparent, heardAtMs: null });
    const [oldest] = this.#replies.keys();
    if (this.#replies.size > maxReplies && oldest !== undefined) this.#replies.delete(oldest);
  }

  #end(replyId: ReplyId, roomId: string, isInterrupted: boolean): void {
    const reply = this.#replies.get(replyId);
    this.#replies.delete(replyId);
    if (reply === undefined || reply.heardAtMs === null) return;
    const span = this.#tracing.tracer.startSpan(
      "heard",
      {
        startTime: spanTime(reply.heardAtMs),
        attributes: {
          "parley.room.id": roomId,
          "parley.reply.id": replyId,
          "parley.reply.is_interrupted": isInterrupted,
        },
      },
      contextOf(reply.traceparent),
    );
    span.end(spanTime(Math.max(reply.heardAtMs, this.#clock.now())));
  }
}
