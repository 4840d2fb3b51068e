import { AppError } from "@parley/shared/errors";

/** Lag in milliseconds that shows that the device has no room for another stream. */
const maxLagMs = 2_000;

/** A stream's lag behind its sound, in milliseconds. */
type LagSource = { readonly behindMs: number };

/**
 * Admission control: how many live speakers the device can follow. Files are not counted, since
 * they run in the time that speakers leave over.
 */
export class Admission {
  /** Streams that the device follows in real time. */
  readonly capacity: number;
  readonly #live = new Set<LagSource>();

  /** @param capacity measured number of streams that the device follows in real time */
  constructor(capacity: number) {
    this.capacity = capacity;
  }

  /** @throws AppError `at-capacity` when one more stream would delay the others */
  requireRoom(): void {
    if (this.#live.size >= this.capacity) {
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
