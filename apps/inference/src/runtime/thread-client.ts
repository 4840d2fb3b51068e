import type { Transferable } from "node:worker_threads";
import { AppError } from "@parley/shared/errors";
import { ThreadConnection, type ThreadOptions } from "./thread-connection";
import type { ThreadCalls } from "./thread-messages";

/** Between the deaths of a thread that does not even start; far above a healthy start. */
const restartDelayMs = 2_000;

export type CallOptions = {
  transfer?: readonly Transferable[];
  /** Aborting rejects with its reason; what was sent already is worked through, unheard. */
  signal?: AbortSignal;
};

/**
 * The main thread's end of an engine thread. When the thread dies, pending calls reject with
 * `agent-unavailable` and a fresh thread takes its place; calls made meanwhile wait for it.
 */
export class ThreadClient<Calls extends ThreadCalls> {
  readonly #options: ThreadOptions;
  #connection: ThreadConnection;
  #life = 0;
  #isClosed = false;

  /** Rejects with what the engine said when it cannot start. */
  static async open<Calls extends ThreadCalls>(
    options: ThreadOptions,
    signal?: AbortSignal,
  ): Promise<ThreadClient<Calls>> {
    signal?.throwIfAborted();
    const client = new ThreadClient<Calls>(options);
    const onAbort = () => {
      void client.close();
    };
    signal?.addEventListener("abort", onAbort, { once: true });
    try {
      await client.#connection.ready;
    } catch (error) {
      await client.close();
      signal?.throwIfAborted();
      throw error;
    } finally {
      signal?.removeEventListener("abort", onAbort);
    }
    return client;
  }

  private constructor(options: ThreadOptions) {
    this.#options = options;
    this.#connection = this.#connect();
  }

  /** Rises with each fresh thread: what an earlier one was told, the present one does not know. */
  get life(): number {
    return this.#life;
  }

  async call<Name extends keyof Calls & string>(
    name: Name,
    request: Calls[Name]["request"],
    { transfer = [], signal }: CallOptions = {},
  ): Promise<Calls[Name]["reply"]> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw this.#closed();
    // One microtask apart for everybody, so calls reach the thread in the order they were made.
    const { ready } = this.#connection;
    await ready;
    signal?.throwIfAborted();
    const reply = this.#connection.call(name, request, transfer);
    return await (signal === undefined ? reply : orAborted(reply, signal));
  }

  /** Pending calls reject with `invalid-state`. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    await this.#connection.stop(this.#closed());
  }

  #connect(): ThreadConnection {
    this.#life++;
    const connection = new ThreadConnection(this.#options);
    let wasReady = false;
    connection.ready.then(
      () => {
        wasReady = true;
      },
      () => undefined,
    );
    void connection.ended.then(() => {
      if (this.#isClosed) return;
      if (wasReady) {
        this.#connection = this.#connect();
      } else {
        // Until then calls reject at once with the reason the last start failed for.
        setTimeout(() => {
          if (!this.#isClosed) this.#connection = this.#connect();
        }, restartDelayMs).unref();
      }
    });
    return connection;
  }

  #closed(): AppError {
    return new AppError("invalid-state", `The ${this.#options.name} is closed.`);
  }
}

/** The promise's outcome, or the signal's reason if that comes first. */
function orAborted<Value>(promise: Promise<Value>, signal: AbortSignal): Promise<Value> {
  return new Promise((resolve, reject) => {
    const onAbort = () => {
      reject(signal.reason as Error);
    };
    signal.addEventListener("abort", onAbort, { once: true });
    promise.then(resolve, reject).finally(() => {
      signal.removeEventListener("abort", onAbort);
    });
  });
}
