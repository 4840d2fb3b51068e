import { Worker, type Transferable } from "node:worker_threads";
import { AppError, errorMessage } from "@parley/shared/errors";

import type { ThreadFailure, ThreadMessage, ThreadRequest } from "./thread-messages";

export type ThreadOptions = {
  /** For people, within error messages: "recogniser". */
  name: string;
  /** From thread-entry.ts. */
  entry: URL;
  /** Handed to the engine at its start; must survive structured cloning. */
  settings: unknown;
  /** A thread that owes an answer and gives none for this long is taken for dead. */
  silenceLimitMs: number;
  /** Time for the thread to go by itself before it is torn down. */
  graceMs?: number;
};

/** Longer than any step that an engine takes. */
const defaultGraceMs = 5_000;

type PendingCall = { resolve: (reply: unknown) => void; reject: (error: AppError) => void };

/** One life of one thread. */
export class ThreadConnection {
  /** Settles once the engine in the thread has started, or could not. */
  readonly ready: Promise<void>;
  /** Resolves with the reason when the thread is gone. */
  readonly ended: Promise<AppError>;
  readonly #options: ThreadOptions;
  readonly #worker: Worker;
  readonly #pending = new Map<number, PendingCall>();
  #nextId = 1;
  #watch: NodeJS.Timeout | null = null;
  #markReady: PendingCall | null = null;
  #markEnded: ((reason: AppError) => void) | null = null;
  #reason: AppError | null = null;
  readonly #exited: Promise<void>;

  constructor(options: ThreadOptions) {
    this.#options = options;
    this.ready = new Promise<void>((resolve, reject) => {
      this.#markReady = {
        resolve: () => {
          resolve();
        },
        reject,
      };
    });
    this.ready.catch(() => undefined);
    this.ended = new Promise((resolve) => {
      this.#markEnded = resolve;
    });
    this.#worker = new Worker(options.entry, {
      execArgv: [],
      workerData: options.settings,
      name: options.name,
    });
    this.#worker.on("message", (message: ThreadMessage) => {
      this.#receive(message);
    });
    this.#worker.on("error", (error: unknown) => {
      this.#end(this.#stopped(errorMessage(error)));
    });
    this.#exited = new Promise((resolve) => {
      this.#worker.on("exit", (code) => {
        this.#end(this.#stopped(`its thread exited with ${code}`));
        resolve();
      });
    });
  }

  /** Resolves with the thread's reply. Sound in `transfer` moves to the thread. */
  call(name: string, request: unknown, transfer: readonly Transferable[]): Promise<unknown> {
    if (this.#reason !== null) return Promise.reject(this.#reason);
    const id = this.#nextId++;
    return new Promise<unknown>((resolve, reject) => {
      this.#pending.set(id, { resolve, reject });
      this.#worker.postMessage(
        { type: "call", id, name, request } satisfies ThreadRequest,
        transfer,
      );
      if (this.#watch === null) this.#startWatch();
    });
  }

  /**
   * Rejects pending calls with `reason` at once and resolves when the thread is gone. It is asked
   * to go by itself, for a thread torn down within native code can end the process.
   */
  async stop(reason: AppError): Promise<void> {
    this.#end(reason);
    this.#worker.postMessage({ type: "stop" } satisfies ThreadRequest);
    const impatience = setTimeout(() => {
      void this.#worker.terminate();
    }, this.#options.graceMs ?? defaultGraceMs);
    await this.#exited;
    clearTimeout(impatience);
  }

  #receive(message: ThreadMessage): void {
    if (message.type === "ready") {
      this.#markReady?.resolve(undefined);
      return;
    }
    if (message.type === "failed") {
      void this.stop(this.#rebuild(message));
      return;
    }
    const call = this.#pending.get(message.id);
    this.#pending.delete(message.id);
    this.#startWatch();
    if (message.type === "result") call?.resolve(message.reply);
    else call?.reject(this.#rebuild(message));
  }

  /** (Re)starts waiting for the next answer, if any is owed. */
  #startWatch(): void {
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#watch = null;
    if (this.#pending.size === 0 || this.#reason !== null) return;
    this.#watch = setTimeout(() => {
      const { silenceLimitMs } = this.#options;
      void this.stop(this.#stopped(`it gave no answer for ${silenceLimitMs} ms`));
    }, this.#options.silenceLimitMs);
    this.#watch.unref();
  }

  #end(reason: AppError): void {
    if (this.#reason !== null) return;
    this.#reason = reason;
    if (this.#watch !== null) clearTimeout(this.#watch);
    this.#markReady?.reject(reason);
    for (const call of this.#pending.values()) call.reject(reason);
    this.#pending.clear();
    this.#markEnded?.(reason);
  }

  #stopped(detail: string): AppError {
    return new AppError("agent-unavailable", `The ${this.#options.name} stopped.`, {
      isRetryable: true,
      cause: new Error(detail),
    });
  }

  /** Unknown errors keep their text for logs, as the cause. */
  #rebuild({ error, detail }: ThreadFailure): AppError {
    const message = error.code === "internal" ? `The ${this.#options.name} failed.` : error.message;
    return new AppError(error.code, message, {
      isRetryable: error.isRetryable,
      cause: new Error(detail),
    });
  }
}
