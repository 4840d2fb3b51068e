import type { Clock } from "@parley/shared/async/clock";

/** Tells when nobody has said anything for a while after a reply. */
export class IdleTimeout {
  readonly #clock: Clock;
  readonly #onIdle: (idleMs: number) => void;
  #cancel: (() => void) | null = null;

  /** @param onIdle told of the silence, ms */
  constructor(clock: Clock, onIdle: (idleMs: number) => void) {
    this.#clock = clock;
    this.#onIdle = onIdle;
  }

  /** A reply was heard to its end. @param idleMs null when nobody waits */
  wait(idleMs: number | null): void {
    this.cancel();
    if (idleMs === null) return;
    this.#cancel = this.#clock.schedule(idleMs, () => {
      this.#cancel = null;
      this.#onIdle(idleMs);
    });
  }

  /** Somebody speaks. Idempotent. */
  cancel(): void {
    this.#cancel?.();
    this.#cancel = null;
  }
}
