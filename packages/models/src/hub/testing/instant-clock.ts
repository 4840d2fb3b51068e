import type { Clock } from "@parley/shared/async/clock";

/** A clock whose pauses are over at once and are remembered; its timers never fall due. */
export class InstantClock implements Clock {
  readonly pauses: number[] = [];

  constructor(public nowMs = 1_700_000_000_000) {}

  now(): number {
    return this.nowMs;
  }

  async delay(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.pauses.push(ms);
    this.nowMs += ms;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  schedule(): () => void {
    return () => undefined;
  }
}
