import type { Clock } from "@parley/shared/async/clock";

/** Milliseconds of silence put out at a time. */
const stepMs = 20;

/**
 * A timer this late means that the thread stood still, and that packets may lie unread in the
 * socket: they get this long to be read before their absence counts as silence.
 */
const stallMs = 15;

/**
 * While a microphone sends nothing (muted, DTX, a dead network), whoever listens must still hear
 * time pass, or speech would never end. This puts out silence by the wall clock, from `afterMs`
 * after the last packet until `untilMs` after it.
 */
export class SilenceFiller {
  readonly #clock: Clock;
  readonly #settings: { afterMs: number; untilMs: number };
  readonly #fill: (ms: number) => void;
  #lastPacketMs = 0;
  #filledMs = 0;
  #dueMs = 0;
  /** One second look only: on a thread that is always late, time must pass all the same. */
  #isSecondLook = false;
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

  /** A packet arrived. The running timer looks at this later, so that a packet costs no timer. */
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
    if (!this.#isSecondLook && nowMs - this.#dueMs > stallMs) {
      this.#isSecondLook = true;
      this.#wait(stallMs);
      return;
    }
    this.#isSecondLook = false;
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
