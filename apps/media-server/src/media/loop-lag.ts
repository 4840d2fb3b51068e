import { monitorEventLoopDelay } from "node:perf_hooks";
import type { Clock } from "@parley/shared/async/clock";

/** Interval of the monitor's timer in ms, which is part of what it measures. */
const resolutionMs = 10;

const windowMs = 1_000;
const windows = 9;

/**
 * Lag of this thread's event loop: how late voices leave. The median over nine seconds of each
 * second's 90th percentile, so that one long pause says nothing and lasting overload everything.
 */
export class LoopLag {
  readonly #delays = monitorEventLoopDelay({ resolution: resolutionMs });
  readonly #recent: number[] = [];
  readonly #clock: Clock;
  #cancel: () => void;

  constructor(clock: Clock) {
    this.#clock = clock;
    this.#delays.enable();
    this.#cancel = this.#schedule();
  }

  /** In ms; 0 for the first seconds. */
  get ms(): number {
    if (this.#recent.length < windows) return 0;
    const sorted = this.#recent.toSorted((a, b) => a - b);
    return sorted[Math.floor(windows / 2)] ?? 0;
  }

  /** Idempotent. */
  close(): void {
    this.#cancel();
    this.#delays.disable();
  }

  #schedule(): () => void {
    return this.#clock.schedule(windowMs, () => {
      const delayMs = this.#delays.percentile(90) / 1e6 - resolutionMs;
      this.#recent.push(Math.max(0, delayMs));
      if (this.#recent.length > windows) this.#recent.shift();
      this.#delays.reset();
      this.#cancel = this.#schedule();
    });
  }
}
