import type { Clock } from "@parley/shared/async/clock";

/** Step of the words on the screen: of 160, 320, 480 and 640 ms the best for its price. */
const shortestStepMs = 320;
/** Beyond this they would no longer be live. */
const longestStepMs = 2_000;
/** Share of one core for partial words: the rest is for final ones. */
const coreShare = 0.8;
/** Who had no partial words for this long is not speaking. */
const speakingMs = 1_500;

/** How often streams get partial words: more seldom when several speak, or on a slow machine. */
export class PartialPace {
  readonly #clock: Clock;
  /** Latest cost and time by stream. */
  readonly #costs = new Map<object, { costMs: number; atMs: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Nobody's partial words are delayed: there is time for more than those. */
  get isUnhurried(): boolean {
    return this.stepMs === shortestStepMs;
  }

  /** Sound from one partial result to the next, in milliseconds. */
  get stepMs(): number {
    const since = this.#clock.now() - speakingMs;
    let costMs = 0;
    for (const cost of this.#costs.values()) if (cost.atMs >= since) costMs += cost.costMs;
    return Math.min(longestStepMs, Math.max(shortestStepMs, costMs / coreShare));
  }

  /** @param costMs time that the stream's latest partial result took of the device */
  note(stream: object, costMs: number): void {
    this.#costs.set(stream, { costMs, atMs: this.#clock.now() });
  }

  forget(stream: object): void {
    this.#costs.delete(stream);
  }
}
