import type { Clock } from "@parley/shared/async/clock";

/** Token bucket rate limiter: `burst` at once and `perSecond` in the long run. */
export class TokenBucket {
  readonly #clock: Clock;
  readonly #settings: { burst: number; perSecond: number };
  #tokens: number;
  #filledAtMs: number;

  constructor(clock: Clock, settings: { burst: number; perSecond: number }) {
    this.#clock = clock;
    this.#settings = settings;
    this.#tokens = settings.burst;
    this.#filledAtMs = clock.now();
  }

  /** @returns false when the bucket is empty. */
  take(): boolean {
    this.#fill();
    if (this.#tokens < 1) return false;
    this.#tokens -= 1;
    return true;
  }

  /** Takes a cost that is known only afterwards; the bucket may then owe tokens for a while. */
  charge(tokens: number): void {
    this.#fill();
    this.#tokens -= tokens;
  }

  #fill(): void {
    const now = this.#clock.now();
    const { burst, perSecond } = this.#settings;
    this.#tokens = Math.min(burst, this.#tokens + ((now - this.#filledAtMs) / 1_000) * perSecond);
    this.#filledAtMs = now;
  }
}
