import type { Transferable } from "node:worker_threads";
import type { OwnerMessage, WorkerMessage } from "../messages";

/** A running thread or child process, as its owner sees it. */
export type LaunchedWorker = {
  post(message: OwnerMessage, transfer: readonly Transferable[]): void;
  /** Ends it at once, without asking. */
  terminate(): void;
};

export type WorkerListener = {
  onMessage: (message: WorkerMessage) => void;
  /** An error that nothing in the worker caught; the exit follows. */
  onError: (error: unknown) => void;
  /** Exactly once, after everything else. `reason` is for logs. */
  onExit: (reason: string) => void;
};

/** Starts one life of a worker. */
export type Launch = (listener: WorkerListener) => LaunchedWorker;
