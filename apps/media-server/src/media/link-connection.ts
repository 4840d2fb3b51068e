import { agentLinkPath, maxLinkMessageBytes } from "@parley/shared/protocol/agent-link";
import type { Clock } from "@parley/shared/async/clock";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import { WebSocket } from "ws";
import type { WorkerWish } from "../contracts/inference-worker";
import { nextBackoffMs } from "./backoff";
import { startLinkHeartbeat } from "./link-heartbeat";
import { LinkRests } from "./link-rests";
import type { WorkerChooser } from "./worker-chooser";

/** Patience with a worker, in ms: less where a room has another one to go to. */
const patience = {
  alone: { heartbeatMs: 5_000, connectMs: 5_000 },
  /** A worker whose machine vanished is left within 1.5 s. */
  several: { heartbeatMs: 750, connectMs: 1_000 },
} as const;

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
  workers: WorkerChooser;
  wish: WorkerWish;
  /** The key that both servers share; null where none is needed. */
  inferenceKey: string | null;
  clock: Clock;
};

/**
 * One WebSocket to an inference worker: connects, detects a dead peer, goes to another worker at
 * once, or back to the same one with backoff where there is no other.
 */
export class LinkConnection {
  readonly #workers: WorkerChooser;
  readonly #wish: WorkerWish;
  readonly #headers: Record<string, string>;
  readonly #clock: Clock;
  readonly #handlers: LinkConnectionHandlers;
  readonly #rests = new LinkRests();
  readonly #unsubscribe: () => void;
  #socket: WebSocket | null = null;
  /** Address of `#socket`, or of the last one. */
  #url = "";
  #isOpen = false;
  #isClosed = false;
  #isConfirmed = false;
  /** The worker's hint with its refusal. */
  #retryAfterMs = 0;
  #emptyRounds = 0;
  #cancelTimer: (() => void) | null = null;

  constructor(options: LinkConnectionOptions, handlers: LinkConnectionHandlers) {
    const { workers, wish, inferenceKey, clock } = options;
    this.#headers = inferenceKey === null ? {} : { authorization: `Bearer ${inferenceKey}` };
    this.#workers = workers;
    this.#wish = wish;
    this.#clock = clock;
    this.#handlers = handlers;
    this.#unsubscribe = workers.subscribe((eased) => {
      for (const url of eased) this.#rests.end(url);
      this.#tryNewcomers();
    });
  }

  start(): void {
    if (this.#isClosed || this.#socket !== null || this.#cancelTimer !== null) return;
    this.#next();
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
    this.#rests.end(this.#url);
  }

  /** The worker will close the link. @param retryAfterMs its hint; 0 for none */
  refuse(retryAfterMs: number): void {
    this.#retryAfterMs = retryAfterMs;
  }

  /** Leaves a worker that cannot serve this room. */
  leave(): void {
    this.#socket?.close(1000);
  }

  /** Idempotent. */
  close(): void {
    this.#isClosed = true;
    this.#isOpen = false;
    this.#unsubscribe();
    this.#clearTimer();
    const socket = this.#socket;
    this.#socket = null;
    if (socket?.readyState === WebSocket.CONNECTING) socket.terminate();
    else socket?.close(1000);
  }

  /** Connects to the best worker that this link does not leave alone, or waits for one. */
  #next(): void {
    const nowMs = this.#clock.now();
    const worker = this.#workers.choose(this.#wish, (url) => this.#rests.isResting(url, nowMs));
    if (worker !== null) {
      this.#emptyRounds = 0;
      this.#connect(worker.url);
      return;
    }
    const waitMs = this.#rests.nextMs(nowMs) ?? nextBackoffMs(this.#emptyRounds++);
    this.#cancelTimer = this.#clock.schedule(waitMs, () => {
      this.#cancelTimer = null;
      this.#next();
    });
  }

  #connect(url: string): void {
    const { connectMs, heartbeatMs } = this.#workers.hasSeveral ? patience.several : patience.alone;
    const socket = new WebSocket(`${url.replace(/\/$/u, "")}${agentLinkPath}`, {
      headers: this.#headers,
      maxPayload: maxLinkMessageBytes,
      handshakeTimeout: connectMs,
      perMessageDeflate: false,
    });
    this.#socket = socket;
    this.#url = url;
    this.#isConfirmed = false;
    this.#retryAfterMs = 0;
    socket.on("open", () => {
      // It may be closed here while it connects.
      if (this.#socket !== socket) return;
      this.#isOpen = true;
      this.#cancelTimer = startLinkHeartbeat({
        socket,
        clock: this.#clock,
        intervalMs: heartbeatMs,
        isConfirmed: () => this.#isConfirmed,
      });
      this.#handlers.onOpen();
    });
    socket.on("message", (data, isBinary) => {
      if (this.#socket !== socket) return;
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

  #handleClose(socket: WebSocket): void {
    if (this.#socket !== socket) return;
    this.#socket = null;
    this.#clearTimer();
    const wasOpen = this.#isOpen;
    this.#isOpen = false;
    this.#rests.failed(this.#url, this.#clock.now(), this.#retryAfterMs);
    // Before the next link: what was lost with this one is put in order first.
    if (wasOpen) this.#handlers.onLost();
    if (!this.#hasClosed()) this.#next();
  }

  /** A room that waits goes to a worker that has come, or has become free, at once. */
  #tryNewcomers(): void {
    if (this.#isClosed || this.#socket !== null || this.#cancelTimer === null) return;
    this.#clearTimer();
    this.#next();
  }

  #clearTimer(): void {
    this.#cancelTimer?.();
    this.#cancelTimer = null;
  }

  /** Read anew after a handler, which TypeScript would not expect of the field itself. */
  #hasClosed(): boolean {
    return this.#isClosed;
  }
}
