import type { Clock } from "@parley/shared/async/clock";
import type { WebSocket } from "ws";

export type LivenessOptions = {
  socket: WebSocket;
  clock: Clock;
  intervalMs: number;
  /** Aborting it ends the pings. */
  signal: AbortSignal;
};

/** Cuts a connection whose peer vanished: its ping stays without a pong for `intervalMs`. */
export function watchLiveness({ socket, clock, intervalMs, signal }: LivenessOptions): void {
  let isAlive = true;
  const check = () => {
    if (!isAlive) {
      socket.terminate();
      return;
    }
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
    cancel = clock.schedule(intervalMs, check);
  };
  let cancel = clock.schedule(intervalMs, check);
  socket.on("pong", () => {
    isAlive = true;
  });
  signal.addEventListener("abort", () => {
    cancel();
  });
}
