import { AppError } from "@parley/shared/errors";

/** A stream so far behind shows that the device has no room for another, in milliseconds. */
const maxLagMs = 2_000;

/** Tells how far behind its sound a stream is, in milliseconds. */
type LagSource = { readonly behindMs: number };

/**
 * Says how many speakers the device can listen to. Speakers who wait for an answer are counted;
 * files are not, since they run in what the speakers leave over.
 */
export class Admission {
  readonly #capacity: number;
  readonly #live = new Set<LagSource>();

  /** @param capacity streams in real time that the device was seen to carry */
  constructor(capacity: number) {
    this.#capacity = capacity;
  }

  /** Live streams at present. */
  get size(): number {
    return this.#live.size;
  }

  /** @throws AppError `at-capacity` when one more would make the others wait */
  requireRoom(): void {
    if (this.#live.size >= this.#capacity) {
      throw refuse(`${this.#live.size} streams are open, as many as this device can follow`);
    }
    const worst = Math.max(0, ...[...this.#live].map(({ behindMs }) => behindMs));
    if (worst > maxLagMs) {
      throw refuse(`the device is ${Math.round(worst)} ms behind with the streams it has`);
    }
  }

  add(stream: LagSource): void {
    this.#live.add(stream);
  }

  remove(stream: LagSource): void {
    this.#live.delete(stream);
  }
}

function refuse(message: string): AppError {
  return new AppError("at-capacity", message, { isRetryable: true });
}
