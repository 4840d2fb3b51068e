import { nextBackoffMs } from "./backoff";

/** Addresses that one link leaves alone for a while, after they failed or refused it. */
export class LinkRests {
  readonly #rests = new Map<string, { failures: number; untilMs: number }>();

  isResting(url: string, nowMs: number): boolean {
    return (this.#rests.get(url)?.untilMs ?? 0) > nowMs;
  }

  /** @param leastMs the worker's own hint, in ms */
  failed(url: string, nowMs: number, leastMs = 0): void {
    const failures = this.#rests.get(url)?.failures ?? 0;
    const restMs = Math.max(nextBackoffMs(failures), leastMs);
    this.#rests.set(url, { failures: failures + 1, untilMs: nowMs + restMs });
  }

  /** It has served, or has room again. */
  end(url: string): void {
    this.#rests.delete(url);
  }

  /** Milliseconds until the first of them may be tried again; null where none rests. */
  nextMs(nowMs: number): number | null {
    const waits = [...this.#rests.values()].map(({ untilMs }) => untilMs - nowMs);
    const ahead = waits.filter((ms) => ms > 0);
    return ahead.length === 0 ? null : Math.min(...ahead);
  }
}
