import type { Clock } from "@parley/shared/async/clock";
import { retryDelayMs } from "./retry-delay";

/** Retry loop: one attempt at a time until one succeeds, with a longer delay after each failure. */
export class Retrier {
  readonly #clock: Clock;
  readonly #attempt: (signal: AbortSignal) => Promise<void>;
  readonly #onFailure: (error: unknown, failures: number) => "retry" | "stop";
  #current: AbortController | null = null;

  constructor(options: {
    clock: Clock;
    attempt: (signal: AbortSignal) => Promise<void>;
    /** Decides whether to retry; `failures` counts from 1. */
    onFailure: (error: unknown, failures: number) => "retry" | "stop";
  }) {
    this.#clock = options.clock;
    this.#attempt = options.attempt;
    this.#onFailure = options.onFailure;
  }

  get isRunning(): boolean {
    return this.#current !== null;
  }

  /** Starts from the first attempt; aborts an attempt under way. */
  start(): void {
    this.stop();
    const controller = new AbortController();
    this.#current = controller;
    void this.#run(controller.signal).finally(() => {
      if (this.#current === controller) this.#current = null;
    });
  }

  stop(): void {
    this.#current?.abort();
    this.#current = null;
  }

  async #run(signal: AbortSignal): Promise<void> {
    const isStopped = () => signal.aborted;
    for (let failures = 1; !isStopped(); failures++) {
      try {
        await this.#attempt(signal);
        return;
      } catch (error) {
        if (isStopped() || this.#onFailure(error, failures) === "stop") return;
        await this.#clock.delay(retryDelayMs(failures - 1), signal).catch(() => undefined);
      }
    }
  }
}
