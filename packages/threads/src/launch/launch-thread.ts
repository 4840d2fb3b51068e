import { Worker } from "node:worker_threads";
import type { WorkerMessage } from "../messages";
import type { Launch } from "./launch";

export type ThreadLaunchOptions = {
  /** From `threadEntry`. */
  entry: URL;
  /** Given to the worker's `start`; must survive structured cloning. */
  settings?: unknown;
  /** Shown by debuggers and profilers. */
  name?: string;
};

/** A worker thread of this process. */
export function launchThread({ entry, settings, name }: ThreadLaunchOptions): Launch {
  return ({ onMessage, onError, onExit }) => {
    const worker = new Worker(entry, {
      // A loader among the parent's flags would be registered a second time.
      execArgv: process.execArgv.filter((flag) => flag === "--enable-source-maps"),
      workerData: settings,
      ...(name === undefined ? {} : { name }),
    });
    worker.on("message", (message: WorkerMessage) => {
      onMessage(message);
    });
    worker.on("error", onError);
    worker.on("exit", (code) => {
      onExit(`its thread exited with ${code}`);
    });
    return {
      post: (message, transfer) => {
        worker.postMessage(message, transfer);
      },
      terminate: () => void worker.terminate(),
    };
  };
}
