import type { Clock } from "@parley/shared/async/clock";
import { TokenBucket } from "./token-bucket";

/** Limit on remembered addresses; the least recently seen is forgotten first. */
const maxAddresses = 10_000;

/** Rate limiter with one token bucket for each client address. */
export class AddressLimiter {
  readonly #clock: Clock;
  readonly #rate: { burst: number; perSecond: number };
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(clock: Clock, rate: { burst: number; perSecond: number }) {
    this.#clock = clock;
    this.#rate = rate;
  }

  /** @returns false when this address is over its rate. */
  take(address: string): boolean {
    const bucket = this.#buckets.get(address) ?? new TokenBucket(this.#clock, this.#rate);
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > maxAddresses && oldest !== undefined) this.#buckets.delete(oldest);
    return bucket.take();
  }
}
