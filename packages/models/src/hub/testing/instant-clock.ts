import type { Clock } from "@parley/shared/async/clock";

/** Test clock whose delays resolve at once and are recorded; its timers never fire. */
export class InstantClock implements Clock {
  readonly pauses: number[] = [];

  /** Unix time in ms. */
  nowMs: number;
  /** Whether delays add to the time. */
  advances = true;

  constructor(nowMs = 1_700_000_000_000) {
    this.nowMs = nowMs;
  }

  now(): number {
    return this.nowMs;
  }

  async delay(ms: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    this.pauses.push(ms);
    if (this.advances) this.nowMs += ms;
    await new Promise((resolve) => {
      setImmediate(resolve);
    });
  }

  schedule(): () => void {
    return () => undefined;
  }
}
