import type { Transferable } from "node:worker_threads";
import { AppError, errorMessage, toWireError } from "@parley/shared/errors";
import { Moved, type CallTable, type ReplyOf, type RequestOf } from "../calls";
import type { CallMessage, Failure, OwnerMessage, WorkerMessage } from "../messages";

type Answer<Reply> = Reply | Moved<Reply>;

/** One function per call. Several calls may run at once; a handler that needs an order keeps it. */
export type CallHandlers<Calls extends CallTable> = {
  [Name in keyof Calls]: (
    request: RequestOf<Calls, Name>,
  ) => Answer<ReplyOf<Calls, Name>> | Promise<Answer<ReplyOf<Calls, Name>>>;
};

export type Served<Calls extends CallTable> = {
  calls: CallHandlers<Calls>;
  /** Cuts short the running calls and frees what is held. */
  close?: () => Promise<void>;
  /**
   * Whether the worker cannot go on after this error of a call, such as a lost device. It closes and
   * ends then without an answer, as if it had died: its owner puts a fresh one in its place.
   */
  isFatal?: (error: unknown) => boolean;
};

/** The worker's end of the boundary. */
export type OwnerPort = {
  post(message: WorkerMessage, transfer: readonly Transferable[]): void;
  onMessage(listener: (message: OwnerMessage) => void): void;
  /** Lets go of the last thing that keeps the worker alive. */
  close(): void;
};

export type Emit<Event> = (event: Event) => void;

/**
 * The body of a worker: starts, says `ready`, then answers calls until it is told to stop. It never
 * stops in the middle of a native call: onnxruntime-node would take the whole process down.
 */
export async function serveCalls<Calls extends CallTable, Event = never>(
  port: OwnerPort,
  start: (emit: Emit<Event>) => Served<Calls> | Promise<Served<Calls>>,
): Promise<void> {
  const post = (message: WorkerMessage, transfer: readonly Transferable[] = []) => {
    port.post(message, transfer);
  };
  const emit: Emit<Event> = (event) => {
    post({ type: "event", event });
  };
  // Listening must begin within this tick; the start comes after it, whatever it throws.
  const starting = Promise.resolve(emit).then(start);
  const answers = new Set<Promise<void>>();
  let isEnding = false;

  async function end(served: Served<Calls>): Promise<void> {
    if (isEnding) return;
    isEnding = true;
    // What the error left behind may not let itself be closed.
    await served.close?.().catch(() => undefined);
    port.close();
  }

  async function answer({ id, name, request }: CallMessage): Promise<void> {
    let served: Served<Calls> | null = null;
    try {
      served = await starting;
      const handler = served.calls[name];
      if (handler === undefined) throw new TypeError(`there is no call ${name}`);
      const reply: unknown = await handler(request as never);
      if (isEnding) return;
      if (reply instanceof Moved) post({ type: "result", id, reply: reply.reply }, reply.transfer);
      else post({ type: "result", id, reply });
    } catch (error) {
      if (served?.isFatal?.(error) === true) await end(served);
      if (!isEnding) post({ type: "error", id, ...describe(error) });
    }
  }

  async function stop(): Promise<void> {
    // A start that failed has nothing to close.
    const served = await starting.catch(() => null);
    await served?.close?.();
    await Promise.all(answers);
    port.close();
  }

  port.onMessage((message) => {
    if (message.type === "stop") {
      void stop();
      return;
    }
    const answered = answer(message).finally(() => answers.delete(answered));
    answers.add(answered);
  });
  try {
    await starting;
    post({ type: "ready" });
  } catch (error) {
    post({ type: "failed", ...describe(error) });
  }
}

function describe(error: unknown): Failure {
  const detail =
    error instanceof AppError && error.cause !== undefined
      ? `${error.message}: ${errorMessage(error.cause)}`
      : errorMessage(error);
  return { error: toWireError(error), detail };
}
