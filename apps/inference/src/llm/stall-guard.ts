import type { Clock } from "@parley/shared/async/clock";

/** Calls back once when nothing happened for a while. */
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

  /** Something happened. */
  touch(): void {
    this.#cancel();
    this.#cancel = this.#clock.schedule(this.#limitMs, this.#onStalled);
  }

  close(): void {
    this.#cancel();
  }
}
