import type { Transferable } from "node:worker_threads";
import { systemClock, type Clock } from "@parley/shared/async/clock";
import { AppError, type ErrorCode } from "@parley/shared/errors";
import type { CallTable, ReplyOf, RequestOf } from "./calls";
import { Connection } from "./connection";
import type { Launch } from "./launch/launch";
import { orAborted } from "./or-aborted";
import type { RestartPolicy } from "./restart-policy";

/** Longer than any step of an engine. */
const defaultGraceMs = 5_000;

export type ThreadClientOptions<Event = never> = {
  /** For people, within error messages: "recogniser". */
  name: string;
  /** From `launchThread` or `launchProcess`. */
  launch: Launch;
  /** Null: a worker that dies stays dead, and calls reject. */
  restart: RestartPolicy | null;
  /** A worker that owes an answer and gives none for this long is taken for dead; null: never. */
  silenceLimitMs: number | null;
  /** A call unanswered for this long rejects with `timeout`; the worker lives on. None by default. */
  callLimitMs?: number;
  /** The code of the error that calls get while the worker is dead; `agent-unavailable` by default. */
  unavailableCode?: ErrorCode;
  /** Time for the worker to exit by itself before it is terminated; 5 s by default. */
  graceMs?: number;
  clock?: Clock;
  /** Receives the worker's events, in order. */
  onEvent?: (event: Event) => void;
  /** Called when a life ends that `close` did not end, before the restart. */
  onLost?: (reason: AppError) => void;
};

export type CallOptions = {
  transfer?: readonly Transferable[];
  /** Aborting rejects with its reason; a call already sent is still worked through, unheard. */
  signal?: AbortSignal;
};

/**
 * The owner's end of a worker thread or child process. When it dies, pending calls reject and the
 * restart policy puts a fresh one in its place; calls made while that one starts wait for it.
 */
export class ThreadClient<Calls extends CallTable, Event = never> {
  readonly #options: ThreadClientOptions<Event>;
  readonly #clock: Clock;
  #connection: Connection;
  #life = 0;
  #failedStarts = 0;
  #hasStarted = false;
  #cancelRestart: (() => void) | null = null;
  #isClosed = false;

  /** Rejects with the worker's own error when it cannot start. */
  static async open<Calls extends CallTable, Event = never>(
    options: ThreadClientOptions<Event>,
    signal?: AbortSignal,
  ): Promise<ThreadClient<Calls, Event>> {
    signal?.throwIfAborted();
    const client = new ThreadClient<Calls, Event>(options);
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

  private constructor(options: ThreadClientOptions<Event>) {
    this.#options = options;
    this.#clock = options.clock ?? systemClock;
    this.#connection = this.#connect();
  }

  /** Rises with each fresh worker, which knows nothing of its predecessor's calls. */
  get life(): number {
    return this.#life;
  }

  /** Whether a call would reach a running worker now. */
  get isReady(): boolean {
    return this.#connection.isReady;
  }

  async call<Name extends keyof Calls & string>(
    name: Name,
    request: RequestOf<Calls, Name>,
    { transfer = [], signal }: CallOptions = {},
  ): Promise<ReplyOf<Calls, Name>> {
    signal?.throwIfAborted();
    if (this.#isClosed) throw this.#closed();
    // One microtask apart for everybody, so calls reach the worker in the order they were made.
    const { ready } = this.#connection;
    await ready;
    signal?.throwIfAborted();
    const reply = this.#connection.call(name, request, transfer) as Promise<ReplyOf<Calls, Name>>;
    return await orAborted(reply, signal);
  }

  /** Pending calls reject with `invalid-state`. Idempotent. */
  async close(): Promise<void> {
    this.#isClosed = true;
    this.#cancelRestart?.();
    await this.#connection.stop(this.#closed());
  }

  #connect(): Connection {
    this.#life++;
    const { name, launch, silenceLimitMs, onEvent } = this.#options;
    const connection = new Connection({
      name,
      launch,
      silenceLimitMs,
      clock: this.#clock,
      unavailableCode: this.#options.unavailableCode ?? "agent-unavailable",
      callLimitMs: this.#options.callLimitMs ?? null,
      graceMs: this.#options.graceMs ?? defaultGraceMs,
      onEvent: (event) => onEvent?.(event as Event),
    });
    void this.#followUp(connection);
    return connection;
  }

  async #followUp(connection: Connection): Promise<void> {
    try {
      await connection.ready;
      this.#hasStarted = true;
      this.#failedStarts = 0;
    } catch {
      this.#failedStarts += 1;
    }
    const reason = await connection.ended;
    // The very first start is reported by `open` alone.
    if (this.#isClosed || !this.#hasStarted) return;
    // The restart is arranged first: a listener may call at once.
    this.#restart();
    this.#options.onLost?.(reason);
  }

  /** Until the new life begins, calls reject at once with the reason that ended the last one. */
  #restart(): void {
    const { restart } = this.#options;
    if (restart === null) return;
    const delayMs = restart.delayMs(this.#failedStarts);
    if (delayMs === 0) {
      this.#connection = this.#connect();
      return;
    }
    this.#cancelRestart = this.#clock.schedule(delayMs, () => {
      this.#connection = this.#connect();
    });
  }

  #closed(): AppError {
    return new AppError("invalid-state", `The ${this.#options.name} is closed.`);
  }
}
