import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";

export type PendingCallsOptions = {
  /** For people, within error messages. */
  name: string;
  clock: Clock;
  /** A call unanswered for this long rejects with `timeout`; null: never. */
  callLimitMs: number | null;
};

type PendingCall = {
  resolve: (reply: unknown) => void;
  reject: (error: AppError) => void;
  cancelLimit: () => void;
};

/** Matches answers to calls by their id. */
export class PendingCalls {
  readonly #options: PendingCallsOptions;
  readonly #pending = new Map<number, PendingCall>();
  #lastId = 0;

  constructor(options: PendingCallsOptions) {
    this.#options = options;
  }

  get isEmpty(): boolean {
    return this.#pending.size === 0;
  }

  /** @param send is given the id that the answer will carry; what it throws rejects the call. */
  open(send: (id: number) => void): Promise<unknown> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      const cancelLimit = this.#limit(id);
      this.#pending.set(id, { resolve, reject, cancelLimit });
      try {
        send(id);
      } catch (error) {
        this.#take(id);
        throw error;
      }
    });
  }

  /** Ids of calls that were given up are ignored. */
  resolve(id: number, reply: unknown): void {
    this.#take(id)?.resolve(reply);
  }

  reject(id: number, error: AppError): void {
    this.#take(id)?.reject(error);
  }

  rejectAll(error: AppError): void {
    for (const id of [...this.#pending.keys()]) this.reject(id, error);
  }

  #limit(id: number): () => void {
    const { clock, callLimitMs, name } = this.#options;
    if (callLimitMs === null) return () => undefined;
    return clock.schedule(callLimitMs, () => {
      this.reject(
        id,
        new AppError("timeout", `The ${name} did not answer within ${callLimitMs} ms.`, {
          isRetryable: true,
        }),
      );
    });
  }

  #take(id: number): PendingCall | undefined {
    const pending = this.#pending.get(id);
    this.#pending.delete(id);
    pending?.cancelLimit();
    return pending;
  }
}
