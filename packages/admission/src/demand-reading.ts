import type { Server, ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { Progress } from "./demand-progress";

/**
 * Ends connections whose client does not read the answer: such an answer stays in memory for as long
 * as the client likes. Who reads slowly has time, and so has an answer that is still being made.
 * What Node gives the system in one write counts once all of it is taken: long answers must be
 * streamed, in pieces that the slowest client takes within an interval.
 *
 * @param progress `leastBytes`: what a client must take in each interval in which something waits
 */
export function demandReading(server: Server, progress: Progress): void {
  server.on("request", ({ socket }: { socket: Socket }, response: ServerResponse) => {
    watch(socket, response, progress);
  });
}

function watch(
  socket: Socket,
  response: ServerResponse,
  { clock, everyMs, leastBytes }: Progress,
): void {
  let before = { sent: sentBy(socket), isWaiting: false };
  const check = () => {
    const now = { sent: sentBy(socket), isWaiting: socket.writableLength > 0 };
    // What began to wait within the interval has not had the whole of it.
    if (before.isWaiting && now.isWaiting && now.sent - before.sent < leastBytes) {
      socket.destroy();
      return;
    }
    before = now;
    cancel = clock.schedule(everyMs, check);
  };
  let cancel = clock.schedule(everyMs, check);
  response.once("close", () => {
    cancel();
  });
}

/** Bytes that the system has taken; Node counts those that wait as written. */
function sentBy(socket: Socket): number {
  return socket.bytesWritten - socket.writableLength;
}
