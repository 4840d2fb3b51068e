import type { Clock } from "@parley/shared/async/clock";
import type { ErrorCode } from "@parley/shared/errors";
import type { Log } from "../contracts/log";

const quietMs = 5_000;

/**
 * Throttled warnings, for bad input that may come thousands of times a second: each code and
 * message is logged at once, then at most every five seconds with a count.
 */
export class CodedWarnings {
  readonly #log: Log;
  readonly #clock: Clock;
  readonly #seen = new Map<string, { quietUntilMs: number; count: number }>();

  constructor(log: Log, clock: Clock) {
    this.#log = log;
    this.#clock = clock;
  }

  /** @param message A static text: each one takes memory. */
  warn(code: ErrorCode, message: string, fields: object = {}): void {
    const key = `${code} ${message}`;
    const seen = this.#seen.get(key) ?? { quietUntilMs: 0, count: 0 };
    this.#seen.set(key, seen);
    seen.count += 1;
    const now = this.#clock.now();
    if (now < seen.quietUntilMs) return;
    this.#log.warn({ code, times: seen.count, ...fields }, message);
    seen.quietUntilMs = now + quietMs;
    seen.count = 0;
  }
}
