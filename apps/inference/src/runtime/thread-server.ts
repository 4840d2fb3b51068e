import { parentPort, workerData } from "node:worker_threads";
import { AppError, errorMessage, toWireError } from "@parley/shared/errors";
import {
  Moved,
  type ThreadCall,
  type ThreadCalls,
  type ThreadFailure,
  type ThreadMessage,
  type ThreadRequest,
} from "./thread-messages";

/** One function per call. Several calls may run at once; whoever needs an order keeps it. */
type ThreadHandlers<Calls extends ThreadCalls> = {
  [Name in keyof Calls]: (
    request: Calls[Name]["request"],
  ) => Promise<Calls[Name]["reply"] | Moved<Calls[Name]["reply"]>>;
};

export type ThreadEngine<Calls extends ThreadCalls> = {
  calls: ThreadHandlers<Calls>;
  /** Cuts short what runs and frees what is held. */
  close?: () => Promise<void>;
};

/**
 * The body of an engine thread: starts the engine with the settings it was opened with, says
 * `ready`, then answers calls until it is told to stop. It never stops in the middle of a native
 * call: onnxruntime-node would take the whole process down.
 */
export async function serveThread<Settings, Calls extends ThreadCalls>(
  start: (settings: Settings) => Promise<ThreadEngine<Calls>>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new TypeError("an engine thread must run in a worker");
  const post = (message: ThreadMessage, moved?: Moved<unknown>) => {
    port.postMessage(message, moved === undefined ? [] : [...moved.transfer]);
  };
  const starting = Promise.resolve(workerData as Settings).then(start);
  const answers = new Set<Promise<void>>();

  async function answer({ id, name, request }: ThreadCall): Promise<void> {
    try {
      const handler = (await starting).calls[name];
      if (handler === undefined) throw new TypeError(`the thread knows no call ${name}`);
      const reply = await handler(request);
      if (reply instanceof Moved) post({ type: "result", id, reply: reply.reply }, reply);
      else post({ type: "result", id, reply });
    } catch (error) {
      post({ type: "error", id, ...describe(error) });
    }
  }

  async function stop(): Promise<void> {
    // A start that failed has nothing to close.
    const engine = await starting.catch(() => null);
    await engine?.close?.();
    await Promise.all(answers);
    // The last thing that kept the thread alive.
    port?.close();
  }

  port.on("message", (request: ThreadRequest) => {
    if (request.type === "stop") {
      void stop();
      return;
    }
    const answered = answer(request).finally(() => answers.delete(answered));
    answers.add(answered);
  });
  try {
    await starting;
    post({ type: "ready" });
  } catch (error) {
    post({ type: "failed", ...describe(error) });
  }
}

function describe(error: unknown): ThreadFailure {
  const detail =
    error instanceof AppError && error.cause !== undefined
      ? `${error.message}: ${errorMessage(error.cause)}`
      : errorMessage(error);
  return { error: toWireError(error), detail };
}
