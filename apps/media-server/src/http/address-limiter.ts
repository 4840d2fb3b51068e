import type { Clock } from "@parley/shared/async/clock";
import { TokenBucket } from "../limits/token-bucket";

/** Addresses remembered; the one unseen for longest is forgotten first. */
const maxAddresses = 10_000;

/** One token bucket for each client address. */
export class AddressLimiter {
  readonly #clock: Clock;
  readonly #rate: { burst: number; perSecond: number };
  readonly #buckets = new Map<string, TokenBucket>();

  constructor(clock: Clock, rate: { burst: number; perSecond: number }) {
    this.#clock = clock;
    this.#rate = rate;
  }

  /** @returns false when this address asked too often. */
  take(address: string): boolean {
    const bucket = this.#buckets.get(address) ?? new TokenBucket(this.#clock, this.#rate);
    this.#buckets.delete(address);
    this.#buckets.set(address, bucket);
    const [oldest] = this.#buckets.keys();
    if (this.#buckets.size > maxAddresses && oldest !== undefined) this.#buckets.delete(oldest);
    return bucket.take();
  }
}
