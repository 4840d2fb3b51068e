import type { Clock } from "@parley/shared/async/clock";

const frameMs = 20;

/** Limit on catching up: after a longer stall (machine suspended) missed frames are skipped. */
const maxCatchUpMs = 400;

/**
 * A 20 ms timer that never drifts: each frame has its due time, and a late timer sends every frame
 * that fell due. (`setInterval` loses 190 ms in 15 s.)
 *
 * The index counts 20 ms steps of wall time, skipped ones included.
 */
export class PacingClock {
  readonly #clock: Clock;
  readonly #tick: (index: number) => void;
  #startMs = 0;
  #index = 0;
  #cancel: (() => void) | null = null;
  #isRunning = false;

  constructor(clock: Clock, tick: (index: number) => void) {
    this.#clock = clock;
    this.#tick = tick;
  }

  start(): void {
    if (this.#isRunning) return;
    this.#isRunning = true;
    this.#startMs = this.#clock.now() - this.#index * frameMs;
    this.#wake();
  }

  stop(): void {
    this.#isRunning = false;
    this.#cancel?.();
    this.#cancel = null;
  }

  #wake(): void {
    this.#cancel = null;
    const now = this.#clock.now();
    if (now - this.#dueMs() > maxCatchUpMs) {
      this.#index = Math.floor((now - this.#startMs) / frameMs);
    }
    while (this.#isRunning && this.#dueMs() <= now) {
      const index = this.#index;
      this.#index += 1;
      this.#tick(index);
    }
    if (!this.#isRunning) return;
    this.#cancel = this.#clock.schedule(Math.max(0, this.#dueMs() - now), () => {
      this.#wake();
    });
  }

  #dueMs(): number {
    return this.#startMs + this.#index * frameMs;
  }
}
