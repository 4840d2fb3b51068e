import type { Clock } from "@parley/shared/async/clock";
import { Channel } from "@parley/shared/async/channel";
import { toWireError } from "@parley/shared/errors";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import type { RawData, WebSocket } from "ws";
import { closeCodes } from "../close-codes";
import { sendWithinBounds } from "../send-within-bounds";
import type { ServerLog } from "../session-socket";
import { watchLiveness } from "../watch-liveness";
import { fromBeta } from "./beta/from-beta";
import { toBeta } from "./beta/to-beta";
import { eventIdOf, readClientEvent } from "./events/client-events";
import type { ServerEvent } from "./events/server-events";
import { RealtimeError, realtimeErrorFields } from "./realtime-error";
import { realtimeId } from "./realtime-ids";

/** What carries out the events of one client. */
export type EventHandler = {
  /** @throws RealtimeError for an event that does not fit */
  carryOut(event: ReturnType<typeof readClientEvent>): Promise<void>;
  /** Sound that waits to be heard, ms. */
  readonly waitingMs: number;
};

export type RealtimeSocketOptions = {
  socket: WebSocket;
  /** The client speaks the API's beta. */
  isBeta: boolean;
  /** Opens the session; its first event is sent by it. */
  open: (emit: (event: ServerEvent) => void, signal: AbortSignal) => Promise<EventHandler>;
  clock: Clock;
  log: ServerLog;
  onClosed: () => void;
  /** Aborting it closes the connection. */
  signal: AbortSignal;
};

/** OpenAI's limit on sound in one event, 15 MiB, in base64, and the rest of the event. */
export const maxMessageBytes = 21 * 1_024 * 1_024;
/** Bytes of events, and sound, that wait before the socket is not read any more. */
const mostWaiting = { bytes: 2 * maxMessageBytes, soundMs: 30_000 };
/** Bytes that wait for a client that does not read: replies' sound in base64, minutes of it. */
const maxUnreadBytes = 32 * 1_024 * 1_024;
const pauseCheckMs = 200;
const livenessIntervalMs = 20_000;

/** One client of the Realtime API: its events are carried out in order, and never close it. */
export class RealtimeSocket {
  readonly #options: RealtimeSocketOptions;
  readonly #controller = new AbortController();
  /** Bounded by not reading the socket. */
  readonly #inputs = new Channel<Uint8Array>({ capacity: Infinity, policy: "refuse" });
  #waitingBytes = 0;
  #handler: EventHandler | null = null;
  #cancelCheck: (() => void) | null = null;

  constructor(options: RealtimeSocketOptions) {
    this.#options = options;
    const { socket, clock, log, signal } = options;
    socket.on("message", (data, isBinary) => {
      this.#receive(data, isBinary);
    });
    socket.on("close", () => {
      this.#stop();
      options.onClosed();
    });
    // `ws` closes the socket itself after an error; without a listener it would end the process.
    socket.on("error", () => {
      log.warn({}, "realtime connection failed");
    });
    const onShutdown = () => {
      this.#stop();
      socket.close(closeCodes.tryAgainLater, "shutting down");
    };
    signal.addEventListener("abort", onShutdown, { signal: this.#controller.signal });
    watchLiveness({
      socket,
      clock,
      intervalMs: livenessIntervalMs,
      signal: this.#controller.signal,
    });
    this.#run().catch((error: unknown) => {
      this.#fail(error);
    });
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#controller.signal.aborted) return;
    const bytes = messageBytes(data);
    if (isBinary || bytes.length > maxMessageBytes) {
      const message = isBinary
        ? "Events are texts."
        : `An event of ${bytes.length} bytes; ${maxMessageBytes} are the most.`;
      this.#refuse(new RealtimeError("invalid_value", message), null);
      return;
    }
    this.#waitingBytes += bytes.length;
    this.#inputs.push(bytes);
    this.#paceReading();
  }

  async #run(): Promise<void> {
    const { signal } = this.#controller;
    this.#handler = await this.#options.open((event) => {
      this.#send(event);
    }, signal);
    for await (const bytes of this.#inputs) {
      await this.#carryOut(this.#handler, new TextDecoder().decode(bytes));
      this.#waitingBytes -= bytes.length;
      this.#paceReading();
    }
  }

  async #carryOut(handler: EventHandler, text: string): Promise<void> {
    let message: unknown;
    try {
      message = JSON.parse(text);
    } catch {
      this.#refuse(new RealtimeError("invalid_json", "The event is not JSON."), null);
      return;
    }
    try {
      await handler.carryOut(readClientEvent(fromBeta(message)));
    } catch (error) {
      this.#refuse(error, eventIdOf(message));
    }
  }

  /** Backpressure: TCP holds the client back while too much waits. */
  #paceReading(): void {
    const { socket, clock } = this.#options;
    if (this.#controller.signal.aborted) return;
    const soundMs = this.#handler?.waitingMs ?? 0;
    const isFull = this.#waitingBytes > mostWaiting.bytes || soundMs > mostWaiting.soundMs;
    if (!isFull) {
      if (socket.isPaused) socket.resume();
      return;
    }
    if (!socket.isPaused) socket.pause();
    this.#cancelCheck?.();
    this.#cancelCheck = clock.schedule(pauseCheckMs, () => {
      this.#paceReading();
    });
  }

  #refuse(error: unknown, eventId: string | null): void {
    const fields = realtimeErrorFields(error, eventId);
    this.#options.log.warn({ code: fields.code }, "realtime event refused");
    this.#send({ type: "error", error: fields });
  }

  #fail(error: unknown): void {
    if (this.#controller.signal.aborted) return;
    this.#refuse(error, null);
    this.#stop();
    const code = toWireError(error).isRetryable
      ? closeCodes.tryAgainLater
      : closeCodes.internalError;
    this.#options.socket.close(code, toWireError(error).code);
  }

  #send(event: ServerEvent): void {
    const { socket, isBeta, log } = this.#options;
    if (this.#controller.signal.aborted || socket.readyState !== socket.OPEN) return;
    const shaped = isBeta ? toBeta(event) : event;
    if (shaped === null) return;
    const text = JSON.stringify({ event_id: realtimeId("event"), ...shaped });
    if (sendWithinBounds(socket, text, maxUnreadBytes)) return;
    log.warn({ code: "too-many-requests" }, "realtime client does not read its events");
    this.#stop();
  }

  #stop(): void {
    this.#controller.abort();
    this.#inputs.end();
    this.#cancelCheck?.();
    // The answer to a closing handshake must be read.
    this.#options.socket.resume();
  }
}
