import { parentPort, workerData } from "node:worker_threads";
import type { CallTable } from "../calls";
import type { OwnerMessage } from "../messages";
import { serveCalls, type Emit, type Served } from "./serve-calls";

/** The body of a `*.thread.ts` file: `start` is given the settings that the owner launched it with. */
export function serveThread<Settings, Calls extends CallTable, Event = never>(
  start: (settings: Settings, emit: Emit<Event>) => Served<Calls> | Promise<Served<Calls>>,
): Promise<void> {
  const port = parentPort;
  if (port === null) throw new TypeError("this file runs as a worker thread only");
  return serveCalls<Calls, Event>(
    {
      post: (message, transfer) => {
        port.postMessage(message, transfer);
      },
      onMessage: (listener) => {
        port.on("message", (message: OwnerMessage) => {
          listener(message);
        });
      },
      close: () => {
        port.close();
      },
    },
    (emit) => start(workerData as Settings, emit),
  );
}
