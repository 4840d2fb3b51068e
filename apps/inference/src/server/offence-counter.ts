import type { Clock } from "@parley/shared/async/clock";

/**
 * Counts a peer's invalid messages. Networks and version differences cause a few, which are
 * tolerated; a flood is not.
 */
export class OffenceCounter {
  readonly #clock: Clock;
  readonly #limit: number;
  readonly #periodMs: number;
  #offencesAtMs: number[] = [];

  /** @param options.limit offences within `periodMs` that are tolerated */
  constructor(options: { clock: Clock; limit: number; periodMs: number }) {
    this.#clock = options.clock;
    this.#limit = options.limit;
    this.#periodMs = options.periodMs;
  }

  /** Counts one offence. @returns true when the limit is exceeded */
  isOneTooMany(): boolean {
    const nowMs = this.#clock.now();
    this.#offencesAtMs = this.#offencesAtMs.filter((atMs) => nowMs - atMs < this.#periodMs);
    this.#offencesAtMs.push(nowMs);
    return this.#offencesAtMs.length > this.#limit;
  }
}
