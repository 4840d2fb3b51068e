import type { Transferable } from "node:worker_threads";
import type { Clock } from "@parley/shared/async/clock";
import { AppError, errorMessage, type ErrorCode } from "@parley/shared/errors";
import type { Launch, LaunchedWorker } from "./launch/launch";
import type { Failure, WorkerMessage } from "./messages";
import { PendingCalls } from "./pending-calls";

export type ConnectionOptions = {
  /** For people, within error messages: "recogniser". */
  name: string;
  launch: Launch;
  clock: Clock;
  /** The code of the error that pending calls get when the worker dies. */
  unavailableCode: ErrorCode;
  /** A worker that owes an answer and gives none for this long is taken for dead; null: never. */
  silenceLimitMs: number | null;
  /** A call unanswered for this long rejects with `timeout`; the worker lives on. Null: never. */
  callLimitMs: number | null;
  /** Time for the worker to exit by itself before it is terminated. */
  graceMs: number;
  onEvent: (event: unknown) => void;
};

/** One life of one worker. */
export class Connection {
  /** Settles once the worker has started, or could not. */
  readonly ready: Promise<void>;
  /** Resolves with the reason once no call can be answered any more. */
  readonly ended: Promise<AppError>;
  readonly #options: ConnectionOptions;
  readonly #worker: LaunchedWorker;
  readonly #pending: PendingCalls;
  readonly #exited: Promise<void>;
  #settleReady: { resolve: () => void; reject: (error: AppError) => void } | null = null;
  #markEnded: ((reason: AppError) => void) | null = null;
  #cancelWatch: (() => void) | null = null;
  #isReady = false;
  #reason: AppError | null = null;

  constructor(options: ConnectionOptions) {
    this.#options = options;
    this.#pending = new PendingCalls(options);
    this.ready = new Promise<void>((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    this.ready.catch(() => undefined);
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
    let markExited: () => void = () => undefined;
    this.#exited = new Promise((resolve) => {
      markExited = resolve;
    });
    this.#worker = options.launch({
      onMessage: (message) => {
        this.#receive(message);
      },
      onError: (error) => {
        this.#end(this.#stopped(errorMessage(error)));
      },
      onExit: (reason) => {
        this.#end(this.#stopped(reason));
        markExited();
      },
    });
  }

  /** False before the start has succeeded and after the end. */
  get isReady(): boolean {
    return this.#isReady && this.#reason === null;
  }

  /** Resolves with the worker's reply. Buffers in `transfer` move to a thread. */
  call(name: string, request: unknown, transfer: readonly Transferable[]): Promise<unknown> {
    if (this.#reason !== null) return Promise.reject(this.#reason);
    return this.#pending.open((id) => {
      this.#worker.post({ type: "call", id, name, request }, transfer);
      if (this.#cancelWatch === null) this.#startWatch();
    });
  }

  /**
   * Rejects pending calls with `reason` at once and resolves when the worker is gone. It is asked
   * to exit by itself, since a thread torn down within native code can end the whole process.
   */
  async stop(reason: AppError): Promise<void> {
    this.#end(reason);
    this.#worker.post({ type: "stop" }, []);
    const cancel = this.#options.clock.schedule(this.#options.graceMs, () => {
      this.#worker.terminate();
    });
    await this.#exited;
    cancel();
  }

  #receive(message: WorkerMessage): void {
    switch (message.type) {
      case "ready":
        this.#isReady = true;
        this.#settleReady?.resolve();
        return;
      case "failed":
        void this.stop(this.#rebuild(message));
        return;
      case "event":
        if (this.#reason === null) this.#options.onEvent(message.event);
        return;
      case "result":
        this.#pending.resolve(message.id, message.reply);
        break;
      case "error":
        this.#pending.reject(message.id, this.#rebuild(message));
        break;
    }
    this.#startWatch();
  }

  /** (Re)starts the wait for the next answer, if any is owed. */
  #startWatch(): void {
    this.#cancelWatch?.();
    this.#cancelWatch = null;
    const { silenceLimitMs, clock } = this.#options;
    if (silenceLimitMs === null || this.#pending.isEmpty || this.#reason !== null) return;
    this.#cancelWatch = clock.schedule(silenceLimitMs, () => {
      void this.stop(this.#stopped(`it gave no answer for ${silenceLimitMs} ms`));
    });
  }

  #end(reason: AppError): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    this.#cancelWatch?.();
    this.#settleReady?.reject(reason);
    this.#pending.rejectAll(reason);
    this.#markEnded?.(reason);
  }

  #stopped(detail: string): AppError {
    const { name, unavailableCode } = this.#options;
    return new AppError(unavailableCode, `The ${name} stopped.`, {
      isRetryable: true,
      cause: new Error(detail),
    });
  }

  /** Unknown errors keep their text for logs, as the cause. */
  #rebuild({ error, detail }: Failure): AppError {
    const message = error.code === "internal" ? `The ${this.#options.name} failed.` : error.message;
    return new AppError(error.code, message, {
      isRetryable: error.isRetryable,
      cause: new Error(detail),
    });
  }
}
