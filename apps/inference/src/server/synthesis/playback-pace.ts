import type { Clock } from "@parley/shared/async/clock";

/** Sound that is sent at once, in ms: what bridges a network's delays at the beginning. */
const firstAheadMs = 300;
/** The most that a client holds unheard, in ms; what was sent, a cancel cannot recall. */
const farthestAheadMs = 3_000;

/**
 * Paces sound to a client's playback: never more than a few seconds ahead of real time. The lead
 * grows from 300 ms to three seconds as sound is sent twice as fast as it is heard, so that a cancel
 * in the first moments leaves little behind, too.
 */
export class PlaybackPace {
  readonly #clock: Clock;
  /** When playback began, and when all that was sent will have been heard; ms of the clock. */
  #beganMs = -Infinity;
  #heardMs = -Infinity;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /**
   * Waits until this much more may be sent, and counts it as sent.
   *
   * @param lengthMs of the sound
   * @throws the signal's reason
   */
  async admit(lengthMs: number, signal: AbortSignal): Promise<void> {
    const nowMs = this.#clock.now();
    if (this.#heardMs <= nowMs) {
      this.#beganMs = nowMs;
      this.#heardMs = nowMs;
    }
    const leadGrownMs = (this.#heardMs + this.#beganMs - firstAheadMs) / 2;
    const freeMs = Math.max(leadGrownMs, this.#heardMs - farthestAheadMs);
    if (freeMs > nowMs) await this.#clock.delay(freeMs - nowMs, signal);
    this.#heardMs += lengthMs;
  }

  /** Playback was cancelled: what was sent is dropped, and the next sound begins anew. */
  reset(): void {
    this.#heardMs = -Infinity;
  }
}
