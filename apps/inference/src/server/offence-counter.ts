import type { Clock } from "@parley/shared/async/clock";

/**
 * Counts a peer's mistakes. A few are forgiven, as a slip of a network or a version may cause
 * them; a flood is not.
 */
export class OffenceCounter {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #periodMs: number;
  #offencesAtMs: number[] = [];

  /** @param options.limit offences within `periodMs` that are still forgiven */
  constructor(options: { clock: Clock; limit: number; periodMs: number }) {
    this.#clock = options.clock;
    this.#limit = options.limit;
    this.#periodMs = options.periodMs;
  }

  /** Counts one. @returns true when it was one too many */
  isOneTooMany(): boolean {
    const nowMs = this.#clock.now();
    this.#offencesAtMs = this.#offencesAtMs.filter((atMs) => nowMs - atMs < this.#periodMs);
    this.#offencesAtMs.push(nowMs);
    return this.#offencesAtMs.length > this.#limit;
  }
}
