import type { Clock } from "@parley/shared/async/clock";
import type { WebSocket } from "ws";

export type LinkHeartbeatOptions = {
  socket: WebSocket;
  clock: Clock;
  /** A peer without an answer for as long is dead. */
  intervalMs: number;
  /** Whether the peer has begun its session: one that only takes the connection is stuck. */
  isConfirmed: () => boolean;
};

/** Limit on heartbeats without a session. */
const maxUnconfirmedBeats = 4;

/** Pings a peer and cuts the connection once it is dead. @returns a function that ends it */
export function startLinkHeartbeat(options: LinkHeartbeatOptions): () => void {
  const { socket, clock, intervalMs, isConfirmed } = options;
  let isAlive = true;
  let beats = 0;
  let dueMs = clock.now() + intervalMs;
  socket.on("pong", () => {
    isAlive = true;
  });
  const beat = () => {
    beats += 1;
    // After a pause of this thread's own, answers lie unread: they get one interval more.
    const wasHeldUp = clock.now() - dueMs > intervalMs / 2;
    if ((!isAlive && !wasHeldUp) || (!isConfirmed() && beats >= maxUnconfirmedBeats)) {
      socket.terminate();
      return;
    }
    isAlive = false;
    socket.ping();
    dueMs = clock.now() + intervalMs;
    cancel = clock.schedule(intervalMs, beat);
  };
  let cancel = clock.schedule(intervalMs, beat);
  return () => {
    cancel();
  };
}
