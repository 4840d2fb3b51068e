import { answerLatency } from "@parley/shared/latency/answer-latency";
import type { LinkNotice, LinkRequest } from "@parley/shared/protocol/agent-link";
import type { RoomId } from "@parley/shared/protocol/ids";
import type { SessionObserver } from "../contracts/session-observer";

/** The log of conversations: at `debug`, since each turn has a line or two. */
export type ConversationLog = { debug: (details: object, message: string) => void };

/** Logs a session's turns and replies by their ids, and never what was said. */
export class SessionLogger implements SessionObserver {
  readonly #log: ConversationLog;
  #roomId: RoomId | null = null;

  constructor(log: ConversationLog) {
    this.#log = log;
  }

  requested(request: LinkRequest): void {
    if (request.type === "session-open") this.#roomId = request.roomId;
  }

  noticed(notice: LinkNotice): LinkNotice {
    switch (notice.type) {
      case "transcript-final": {
        const { turnId, memberId } = notice;
        this.#write({ turnId, memberId, characters: notice.text.length }, "a turn ended");
        break;
      }
      case "reply-start":
        this.#write({ turnId: notice.turnId, replyId: notice.replyId }, "a reply began");
        break;
      case "turn-timings": {
        const { turnId, replyId } = notice.timings;
        const latency = answerLatency(notice.timings);
        if (latency === null) break;
        const ms = Object.fromEntries(
          latency.spans.map(({ part, startMs, endMs }) => [part, Math.round(endMs - startMs)]),
        );
        const latencyMs = Math.round(latency.endMs - latency.startMs);
        this.#write({ turnId, replyId, latencyMs, ms }, "a turn was answered");
        break;
      }
      case "reply-end": {
        const { replyId, isInterrupted } = notice;
        this.#write({ replyId, isInterrupted }, "a reply ended");
        break;
      }
      case "error":
        this.#write({ code: notice.error.code }, "the room was told of an error");
        break;
      case "session-ready":
      case "transcript-partial":
      case "transcript-retract":
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
        break;
    }
    return notice;
  }

  closed(): void {
    this.#roomId = null;
  }

  #write(details: object, message: string): void {
    this.#log.debug({ roomId: this.#roomId, ...details }, message);
  }
}
