import type { CallTable } from "../calls";
import type { OwnerMessage } from "../messages";
import { serveCalls, type Emit, type Served } from "./serve-calls";

/** The body of a `*.process.ts` file. The process exits with its owner. */
export function serveProcess<Calls extends CallTable, Event = never>(
  start: (emit: Emit<Event>) => Served<Calls> | Promise<Served<Calls>>,
): Promise<void> {
  if (process.send === undefined) throw new TypeError("this file runs as a child process only");
  process.on("disconnect", () => {
    process.exit();
  });
  return serveCalls<Calls, Event>(
    {
      post: (message) => {
        process.send?.(message);
      },
      onMessage: (listener) => {
        process.on("message", (message) => {
          listener(message as OwnerMessage);
        });
      },
      close: () => {
        process.disconnect();
      },
    },
    start,
  );
}
