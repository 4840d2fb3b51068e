import type { Clock } from "@parley/shared/async/clock";

/** Milliseconds of silence put out at a time. */
const stepMs = 20;

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
    this.#cancel ??= this.#clock.schedule(this.#settings.afterMs, () => {
      this.#tick();
    });
  }

  close(): void {
    this.#cancel?.();
    this.#cancel = null;
  }

  #tick(): void {
    this.#cancel = null;
    const quietMs = this.#clock.now() - this.#lastPacketMs;
    const { afterMs, untilMs } = this.#settings;
    while (this.#filledMs + afterMs <= quietMs && this.#filledMs + stepMs <= untilMs) {
      this.#filledMs += stepMs;
      this.#fill(stepMs);
    }
    if (this.#filledMs + stepMs > untilMs) return;
    this.#cancel = this.#clock.schedule(afterMs + this.#filledMs - quietMs, () => {
      this.#tick();
    });
  }
}
