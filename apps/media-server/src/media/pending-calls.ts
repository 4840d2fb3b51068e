import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";

/** Long beyond anything the engine does: who waits longer waits for something that died. */
const callTimeoutMs = 10_000;

type Pending = {
  resolve(value: unknown): void;
  reject(error: Error): void;
  cancelTimeout: () => void;
};

/** Matches answers to requests. */
export class PendingCalls {
  readonly #clock: Clock;
  readonly #pending = new Map<number, Pending>();
  #lastId = 0;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** @param send is given the number by which the answer will be known. */
  open(send: (id: number) => void): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const cancelTimeout = this.#clock.schedule(callTimeoutMs, () => {
        this.reject(
          id,
          new AppError("timeout", "The media engine did not answer.", { isRetryable: true }),
        );
      });
      this.#pending.set(id, { resolve, reject, cancelTimeout });
      send(id);
    });
  }

  resolve(id: number, value: unknown): void {
    this.#take(id)?.resolve(value);
  }

  reject(id: number, error: Error): void {
    this.#take(id)?.reject(error);
  }

  rejectAll(error: Error): void {
    for (const id of [...this.#pending.keys()]) this.reject(id, error);
  }

  #take(id: number): Pending | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.cancelTimeout();
    return pending;
  }
}
