import type { LinkNotice } from "@parley/shared/protocol/agent-link";
import type { TurnChange } from "../../../session/hearing/turn";
import type { ClientPlayout } from "../sound/client-playout";
import type { IdleTimeout } from "./idle-timeout";
import type { RealtimeConfig } from "../events/shown-session";
import type { Responses } from "./responses";
import type { TurnEvents } from "./turn-events";

export type SessionEventsOptions = {
  turns: TurnEvents;
  responses: Responses;
  playout: ClientPlayout;
  idle: IdleTimeout;
  /** Asked anew each time: it may be changed. */
  config: () => RealtimeConfig;
  /** Cuts the reply off. */
  interrupt: () => void;
};

/** Turns what a session tells of turns and replies into what becomes of them at the client. */
export class SessionEvents {
  readonly #options: SessionEventsOptions;

  constructor(options: SessionEventsOptions) {
    this.#options = options;
  }

  noticed(notice: LinkNotice): void {
    const { turns, responses, playout, idle } = this.#options;
    switch (notice.type) {
      case "transcript-final":
        if (this.#detection !== null && !this.#isAside) turns.final(notice.turnId, notice.text);
        turns.forget();
        break;
      case "transcript-retract":
        turns.forget();
        break;
      case "reply-start":
        idle.cancel();
        playout.start(notice.replyId);
        break;
      case "reply-end": {
        const detection = this.#detection;
        const idleMs =
          detection?.type === "server_vad" ? (detection.idle_timeout_ms ?? null) : null;
        if (!notice.isInterrupted) idle.wait(idleMs);
        break;
      }
      case "reply-audio-end":
        responses.whole(notice.replyId);
        playout.complete();
        break;
      case "reply-cancel":
        // Told first, so that the client knows why.
        turns.told();
        responses.cut(notice.replyId);
        playout.cancelled();
        break;
      default:
        break;
    }
  }

  turnChanged(change: TurnChange): void {
    const { turns, idle, interrupt } = this.#options;
    const detection = this.#detection;
    if (detection === null) return;
    if (change.type === "opened") idle.cancel();
    turns.changed(change, this.#mayBeAside);
    const isAtOnce = detection.type === "server_vad" && detection.interrupt_response;
    if (change.type === "opened" && isAtOnce && this.#isReplying) interrupt();
  }

  /** A reply is being heard that speech may or may not be meant to interrupt. */
  get #mayBeAside(): boolean {
    const detection = this.#detection;
    const isJudged = detection?.type === "semantic_vad" && detection.interrupt_response;
    return isJudged && this.#options.playout.replyId !== null;
  }

  /** What was said over a reply that goes on was a sound of listening, and is no turn. */
  get #isAside(): boolean {
    return this.#mayBeAside && !this.#options.turns.isTold;
  }

  get #isReplying(): boolean {
    const { playout, responses } = this.#options;
    return playout.replyId !== null || responses.active !== null;
  }

  get #detection(): RealtimeConfig["audio"]["input"]["turn_detection"] {
    return this.#options.config().audio.input.turn_detection;
  }
}

/** Sound before the detected start that counts as part of a turn, ms. */
export function paddingOf(config: RealtimeConfig): number {
  const { turn_detection: detection } = config.audio.input;
  return detection?.type === "server_vad" ? detection.prefix_padding_ms : 300;
}
