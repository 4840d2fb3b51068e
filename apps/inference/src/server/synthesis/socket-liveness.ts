import type { Clock } from "@parley/shared/async/clock";
import type { WebSocket } from "ws";

const intervalMs = 20_000;

/** Ends a connection whose other side vanished without a word: it is found by its missing pong. */
export function watchLiveness(socket: WebSocket, clock: Clock): void {
  let isAlive = true;
  let cancel: () => void = () => undefined;
  const check = () => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
    cancel = clock.schedule(intervalMs, check);
  };
  cancel = clock.schedule(intervalMs, check);
  socket.on("pong", () => {
    isAlive = true;
  });
  socket.on("close", () => {
    cancel();
  });
}
