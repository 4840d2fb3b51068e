import type { Clock } from "@parley/shared/async/clock";

/** Watchdog: calls `onStalled` when `touch` was not called for `limitMs`. */
export class StallGuard {
  readonly #clock: Clock;
  readonly #limitMs: number;
  readonly #onStalled: () => void;
  #cancel: () => void = () => undefined;

  constructor(options: { clock: Clock; limitMs: number; onStalled: () => void }) {
    this.#clock = options.clock;
    this.#limitMs = options.limitMs;
    this.#onStalled = options.onStalled;
    this.touch();
  }

  /** Restarts the time limit. */
  touch(): void {
    this.#cancel();
    this.#cancel = this.#clock.schedule(this.#limitMs, this.#onStalled);
  }

  close(): void {
    this.#cancel();
  }
}
