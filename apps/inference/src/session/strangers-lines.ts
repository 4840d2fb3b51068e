import type { Clock } from "@parley/shared/async/clock";
import type { MemberId } from "@parley/shared/protocol/ids";
import type { Turn } from "./hearing/turn";
import type { SessionSettings } from "./settings";

/**
 * Lines of voices that are hardly known, which ask something of the agent if nothing follows: a person
 * waits for the answer, while on television somebody else gives it, or the same voice goes on.
 */
export class StrangersLines {
  readonly #clock: Clock;
  readonly #settings: Pick<SessionSettings, "offeredQuestionMs">;
  readonly #onLine: (turn: Turn) => void;
  readonly #waiting = new Map<MemberId, () => void>();

  constructor(options: {
    clock: Clock;
    settings: Pick<SessionSettings, "offeredQuestionMs">;
    /** The line counts: its microphone was silent for so long. */
    onLine: (turn: Turn) => void;
  }) {
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#onLine = options.onLine;
  }

  /** @param turn that is over */
  over(turn: Turn): void {
    this.forget(turn.memberId);
    const nowMs = this.#clock.now();
    const silentSinceMs = turn.phase === "settled" ? turn.silentSinceMs : nowMs;
    const leftMs = silentSinceMs + this.#settings.offeredQuestionMs - nowMs;
    const cancel = this.#clock.schedule(leftMs, () => {
      this.#waiting.delete(turn.memberId);
      this.#onLine(turn);
    });
    this.#waiting.set(turn.memberId, cancel);
  }

  /** There is speech in this microphone, or it is gone. */
  forget(memberId: MemberId): void {
    this.#waiting.get(memberId)?.();
    this.#waiting.delete(memberId);
  }

  /** Idempotent. */
  close(): void {
    for (const memberId of [...this.#waiting.keys()]) this.forget(memberId);
  }
}
