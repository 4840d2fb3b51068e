import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { WebSocket } from "ws";

export type SlowSocketOptions = {
  socket: WebSocket;
  clock: Clock;
  /** Called once the client has not read for too long, or too much is buffered for it. */
  onStall: (error: AppError) => void;
};

/** Sound buffered for a slow client before `sound` waits: five seconds and more. */
const maxWaitingSoundBytes = 256 * 1_024;
/** All buffered bytes; a client that reads its answers never gets there. */
const maxWaitingBytes = 4 * 1_024 * 1_024;
const stallMs = 30_000;

/** Backpressure for a client that reads slowly: sending sound waits, with a time limit. */
export class SlowSocket {
  readonly #options: SlowSocketOptions;

  constructor(options: SlowSocketOptions) {
    this.#options = options;
  }

  notice(notice: object): void {
    const { socket, onStall } = this.#options;
    if (socket.readyState !== socket.OPEN) return;
    socket.send(JSON.stringify(notice));
    if (socket.bufferedAmount > maxWaitingBytes) onStall(stalled());
  }

  /** Sends sound; resolves once there is room for more, or the signal is aborted. */
  async sound(bytes: Uint8Array, signal: AbortSignal): Promise<void> {
    const { socket, clock, onStall } = this.#options;
    if (signal.aborted || socket.readyState !== socket.OPEN) return;
    const written = new Promise<void>((resolve) => {
      socket.send(bytes, () => {
        resolve();
      });
    });
    if (socket.bufferedAmount <= maxWaitingSoundBytes) return;
    const cancel = clock.schedule(stallMs, () => {
      onStall(stalled());
    });
    let onAbort: () => void = () => undefined;
    const aborted = new Promise<void>((resolve) => {
      onAbort = resolve;
    });
    signal.addEventListener("abort", onAbort);
    await Promise.race([written, aborted]);
    signal.removeEventListener("abort", onAbort);
    cancel();
  }
}

function stalled(): AppError {
  return new AppError("too-many-requests", "the client does not read its messages");
}
