import type { IncomingMessage, Server } from "node:http";
import type { Clock } from "@parley/shared/async/clock";

export type Progress = {
  clock: Clock;
  /** Interval of the checks, in ms; the first one comes after it. */
  everyMs: number;
  /** Bytes that a body must bring in each interval. */
  leastBytes: number;
};

/**
 * Ends requests whose body comes too slowly: such an upload holds its place for hours, and enough
 * of them hold all. A body that waits for this server, not for its client, has time.
 */
export function demandProgress(server: Server, progress: Progress): void {
  server.on("request", (request: IncomingMessage) => {
    if (hasBody(request)) watch(request, progress);
  });
}

function hasBody({ headers }: IncomingMessage): boolean {
  return headers["transfer-encoding"] !== undefined || Number(headers["content-length"] ?? 0) > 0;
}

function watch(request: IncomingMessage, { clock, everyMs, leastBytes }: Progress): void {
  const { socket } = request;
  let before = socket.bytesRead;
  const check = () => {
    const isWaitingForUs = request.readableLength >= request.readableHighWaterMark;
    if (!isWaitingForUs && socket.bytesRead - before < leastBytes) {
      socket.destroy();
      return;
    }
    before = socket.bytesRead;
    cancel = clock.schedule(everyMs, check);
  };
  let cancel = clock.schedule(everyMs, check);
  for (const end of ["end", "close"] as const) {
    request.once(end, () => {
      cancel();
    });
  }
}
