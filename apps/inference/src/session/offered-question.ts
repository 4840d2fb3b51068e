import type { Clock } from "@parley/shared/async/clock";

/** Waits, while everybody is silent, whether somebody else answers a question to everybody. */
export class OfferedQuestion {
  readonly #clock: Clock;
  readonly #onLeft: () => void;
  #cancel: (() => void) | null = null;

  /** @param onLeft told once nobody did */
  constructor(clock: Clock, onLeft: () => void) {
    this.#clock = clock;
    this.#onLeft = onLeft;
  }

  /** The question stands, and nobody speaks: it is left after so long, unless that was said before. */
  leaveIn(waitMs: number): void {
    this.#cancel ??= this.#clock.schedule(waitMs, () => {
      this.#cancel = null;
      this.#onLeft();
    });
  }

  /** It is answered, or somebody speaks. Idempotent. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
