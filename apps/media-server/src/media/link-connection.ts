import { agentLinkPath, maxLinkMessageBytes } from "@parley/shared/protocol/agent-link";
import type { Clock } from "@parley/shared/async/clock";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import { WebSocket } from "ws";
import { nextBackoffMs } from "./backoff";

/** Heartbeat; a dead peer is noticed after at most twice this, where TCP alone takes minutes. */
const heartbeatMs = 5_000;
const connectTimeoutMs = 5_000;

/** Limit on heartbeats without a session: a worker that only takes the connection is stuck. */
const maxUnconfirmedBeats = 4;

/** Limit on unsent bytes: beyond it, the other end has stopped reading. */
const maxBufferedBytes = 1_000_000;

export type LinkConnectionHandlers = {
  onOpen(): void;
  /** Called when an open link is lost; a failed attempt to connect is not reported. */
  onLost(): void;
  onText(text: string): void;
  onBinary(bytes: Uint8Array): void;
};

export type LinkConnectionOptions = {
  /** Such as `ws://127.0.0.1:8080`; the link's path is added. */
  inferenceUrl: string;
  /** The key that both servers share; null where none is needed. */
  inferenceKey: string | null;
  clock: Clock;
};

/** One WebSocket to inference: connects, detects a dead peer, reconnects with backoff. */
export class LinkConnection {
  readonly #url: string;
  readonly #headers: Record<string, string>;
  readonly #clock: Clock;
  readonly #handlers: LinkConnectionHandlers;
  #socket: WebSocket | null = null;
  #isOpen = false;
  #isClosed = false;
  #failures = 0;
  #isConfirmed = false;
  #cancelTimer: (() => void) | null = null;

  constructor(options: LinkConnectionOptions, handlers: LinkConnectionHandlers) {
    const { inferenceUrl: url, inferenceKey, clock } = options;
    this.#headers = inferenceKey === null ? {} : { authorization: `Bearer ${inferenceKey}` };
    this.#url = `${url.replace(/\/$/, "")}${agentLinkPath}`;
    this.#clock = clock;
    this.#handlers = handlers;
  }

  start(): void {
    if (this.#isClosed || this.#socket !== null) return;
    const socket = new WebSocket(this.#url, {
      headers: this.#headers,
      maxPayload: maxLinkMessageBytes,
      handshakeTimeout: connectTimeoutMs,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    this.#isConfirmed = false;
    socket.on("open", () => {
      this.#isOpen = true;
      this.#startHeartbeat(socket);
      this.#handlers.onOpen();
    });
    socket.on("message", (data, isBinary) => {
      const bytes = messageBytes(data);
      if (isBinary) this.#handlers.onBinary(bytes);
      else this.#handlers.onText(new TextDecoder().decode(bytes));
    });
    // `close` always follows; without a listener the process would end.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#handleClose(socket);
    });
  }

  /** True while the link is open and its send buffer is not full. */
  get isWritable(): boolean {
    return this.#isOpen && (this.#socket?.bufferedAmount ?? 0) < maxBufferedBytes;
  }

  send(data: string | Uint8Array): void {
    if (this.#isOpen) this.#socket?.send(data);
  }

  /** Marks the session behind the link as working, which resets the backoff. */
  confirm(): void {
    this.#isConfirmed = true;
    this.#failures = 0;
  }

  /** Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#isOpen = false;
    this.#cancelTimer?.();
    this.#cancelTimer = null;
    const socket = this.#socket;
    this.#socket = null;
    if (socket?.readyState === WebSocket.CONNECTING) socket.terminate();
    else socket?.close(1000);
  }

  #handleClose(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#cancelTimer?.();
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    this.#cancelTimer = this.#clock.schedule(nextBackoffMs(this.#failures), () => {
      this.start();
    });
    this.#failures += 1;
    if (wasOpen) this.#handlers.onLost();
  }

  #startHeartbeat(socket: WebSocket): void {
    let isAlive = true;
    let beats = 0;
    socket.on("pong", () => {
      isAlive = true;
    });
    const beat = () => {
      beats += 1;
      if (!isAlive || (!this.#isConfirmed && beats >= maxUnconfirmedBeats)) {
        socket.terminate();
        return;
      }
      isAlive = false;
      socket.ping();
      this.#cancelTimer = this.#clock.schedule(heartbeatMs, beat);
    };
    this.#cancelTimer = this.#clock.schedule(heartbeatMs, beat);
  }
}
