/** Signals of terminals, of supervisors, and of a terminal that is closed. */
const signals = ["SIGINT", "SIGTERM", "SIGHUP"] as const;

/**
 * Calls back when a server is to end: at a signal, or when the process that started it is gone,
 * however that died. The latter shows as the end of the IPC channel of `fork` and of `spawn` with
 * "ipc"; servers that were started by hand or in a container have none.
 *
 * @param stop may be called several times, with words for the log
 */
export function onStopRequest(stop: (reason: string) => void): void {
  for (const signal of signals) process.on(signal, stop);
  if (process.channel === undefined) return;
  process.once("disconnect", () => {
    // Nobody reads the output any more, and what is logged now must not end the process early.
    for (const stream of [process.stdout, process.stderr]) stream.on("error", () => undefined);
    stop("the parent process is gone");
  });
  // The channel shall not keep a server that has ended all else.
  process.channel.unref();
}
