import type { Clock } from "@parley/shared/async/clock";
import type { WebSocket } from "ws";

export type LivenessOptions = {
  socket: WebSocket;
  clock: Clock;
  intervalMs: number;
  /** Aborting it ends the pings. */
  signal: AbortSignal;
};

/**
 * Cuts a connection whose peer vanished: its ping stays without a pong, or any message, for
 * `intervalMs`. Of a socket that is paused nothing is read, pongs neither, and nothing is concluded.
 */
export function watchLiveness({ socket, clock, intervalMs, signal }: LivenessOptions): void {
  let isAlive = true;
  const check = () => {
    if (!isAlive && !socket.isPaused) {
      socket.terminate();
      return;
    }
    isAlive = false;
    if (socket.readyState === socket.OPEN) socket.ping();
    cancel = clock.schedule(intervalMs, check);
  };
  let cancel = clock.schedule(intervalMs, check);
  const onSign = () => {
    isAlive = true;
  };
  socket.on("pong", onSign);
  // Pongs wait behind the sound of a client that sends faster than it is read.
  socket.on("message", onSign);
  signal.addEventListener("abort", () => {
    cancel();
  });
}
