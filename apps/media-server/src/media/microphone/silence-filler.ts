import type { Clock } from "@parley/shared/async/clock";

/** Length of one piece of silence. */
const stepMs = 20;

/**
 * Lateness of a timer that means a stalled thread. Packets may then lie unread in the socket: they
 * get this long to be read before their absence counts as silence.
 */
const stallMs = 15;

/**
 * Silence in place of a microphone that sends nothing (muted, DTX, a dead network): without it
 * voice activity detection would never see speech end. It comes by the wall clock, from `afterMs`
 * after the last packet until `untilMs` after it.
 */
export class SilenceFiller {
  readonly #clock: Clock;
  readonly #settings: { afterMs: number; untilMs: number };
  readonly #fill: (ms: number) => void;
  #lastPacketMs = 0;
  #filledMs = 0;
  #dueMs = 0;
  /** A stall is waited out once only: silence must flow on a thread that is always late, too. */
  #hasWaitedForStall = false;
  #cancel: (() => void) | null = null;

  constructor(
    clock: Clock,
    settings: { afterMs: number; untilMs: number },
    fill: (ms: number) => void,
  ) {
    this.#clock = clock;
    this.#settings = settings;
    this.#fill = fill;
  }

  /** Records a packet's arrival. The running timer reads it later: a packet costs no timer. */
  restart(): void {
    this.#lastPacketMs = this.#clock.now();
    this.#filledMs = 0;
    if (this.#cancel === null) this.#wait(this.#settings.afterMs);
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #wait(ms: number): void {
    this.#dueMs = this.#clock.now() + ms;
    this.#cancel = this.#clock.schedule(ms, () => {
      this.#tick();
    });
  }

  #tick(): void {
    this.#cancel = null;
    const nowMs = this.#clock.now();
    if (!this.#hasWaitedForStall && nowMs - this.#dueMs > stallMs) {
      this.#hasWaitedForStall = true;
      this.#wait(stallMs);
      return;
    }
    this.#hasWaitedForStall = false;
    const quietMs = nowMs - this.#lastPacketMs;
    const { afterMs, untilMs } = this.#settings;
    while (this.#filledMs + afterMs <= quietMs && this.#filledMs + stepMs <= untilMs) {
      this.#filledMs += stepMs;
      this.#fill(stepMs);
    }
    if (this.#filledMs + stepMs > untilMs) return;
    this.#wait(afterMs + this.#filledMs - quietMs);
  }
}
