import { AppError, fromWireError } from "@parley/shared/errors";
import {
  acknowledgementSchema,
  signallingNotices,
  signallingRequests,
  type SignallingNoticeName,
  type SignallingRequest,
  type SignallingRequestName,
  type SignallingResponse,
} from "@parley/shared/protocol/signalling";
import { io, type Socket } from "socket.io-client";
import { z } from "zod";
import { Emitter } from "../emitter";
import { SignallingRoute } from "./signalling-route";
import type {
  ReceivedNotice,
  RequestOptions,
  SignallingClient,
  SignallingClientEvent,
} from "./signalling-client";

/** Far above the slowest request, creating a transport, which takes tens of milliseconds. */
const requestTimeoutMs = 8_000;
/** Delay before reconnecting to a server that closed the socket, which socket.io does not do. */
const reopenDelayMs = 1_000;
/** Waits before the next of several servers is tried: all may be away. */
const firstMoveMs = 100;
const longestMoveMs = 2_000;

type Schemas<Name extends SignallingRequestName> = {
  request: z.ZodType<SignallingRequest<Name>>;
  response: z.ZodType<SignallingResponse<Name>>;
};

/**
 * Signalling client on socket.io; parses requests, answers and notices. Where there are several
 * servers it goes to the one that has the room, and to another when that is gone.
 */
export class SocketSignallingClient implements SignallingClient {
  readonly #emitter = new Emitter<SignallingClientEvent>();
  readonly #pending = new Set<(error: Error) => void>();
  readonly #route: SignallingRoute;
  readonly #homeUrl: string | undefined;
  #socket: Socket;
  #failedMoves = 0;
  #moveTimer: ReturnType<typeof setTimeout> | undefined;
  #isClosed = false;

  /** @param url of the server; the page's own origin by default. */
  constructor(options: { url?: string } = {}) {
    this.#homeUrl = options.url;
    this.#route = new SignallingRoute(new URL(options.url ?? globalThis.location.href).origin);
    this.#socket = this.#open();
  }

  get isConnected(): boolean {
    return this.#socket.connected;
  }

  connect(signal: AbortSignal): Promise<void> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      if (signal.aborted) {
        reject(signal.reason as Error);
        return;
      }
      if (socket.connected) {
        resolve();
        return;
      }
      const onAbort = () => {
        socket.off("connect", onConnect);
        reject(signal.reason as Error);
      };
      const onConnect = () => {
        signal.removeEventListener("abort", onAbort);
        resolve();
      };
      socket.once("connect", onConnect);
      signal.addEventListener("abort", onAbort, { once: true });
      socket.connect();
    });
  }

  async request<Name extends SignallingRequestName>(
    name: Name,
    payload: SignallingRequest<Name>,
    options: RequestOptions = {},
  ): Promise<SignallingResponse<Name>> {
    options.signal?.throwIfAborted();
    const schemas = signallingRequests[name] as unknown as Schemas<Name>;
    const request = name === "room-join" ? { ...payload, canMove: true } : payload;
    const answer = await this.#ask(name, schemas.request.parse(request), options);
    const envelope = acknowledgementSchema.safeParse(answer);
    if (!envelope.success) throw malformed(name, envelope.error);
    if (!envelope.data.ok) {
      const { address } = envelope.data.error;
      if (address !== undefined) this.#moveTo(address);
      throw fromWireError(envelope.data.error);
    }
    const value = schemas.response.safeParse(envelope.data.value);
    if (!value.success) throw malformed(name, value.error);
    if ("servers" in value.data) this.#route.learn(value.data.servers);
    return value.data;
  }

  subscribe(listener: (event: SignallingClientEvent) => void): () => void {
    return this.#emitter.subscribe(listener);
  }

  close(): void {
    if (this.#isClosed) return;
    this.#isClosed = true;
    clearTimeout(this.#moveTimer);
    this.#socket.disconnect();
    this.#rejectPending();
    this.#emitter.clear();
  }

  /** A socket to the present server; it connects when it is told to. */
  #open(): Socket {
    const settings = {
      autoConnect: false,
      // A second room in the same page needs a socket of its own.
      forceNew: true,
      transports: ["websocket", "polling"],
      tryAllTransports: true,
      reconnectionDelay: 300,
      reconnectionDelayMax: 4_000,
      timeout: 6_000,
    };
    const url = this.#route.current ?? this.#homeUrl;
    const socket = url === undefined ? io(settings) : io(url, settings);
    socket.on("connect", () => {
      this.#failedMoves = 0;
      this.#emitter.emit({ type: "connected" });
    });
    socket.on("connect_error", () => {
      if (this.#route.hasSeveral) this.#tryNext();
    });
    socket.on("disconnect", (reason) => {
      this.#rejectPending();
      if (this.#isClosed) return;
      this.#emitter.emit({ type: "disconnected" });
      if (this.#route.hasSeveral) this.#tryNext();
      else if (reason === "io server disconnect") {
        setTimeout(() => {
          if (!this.#isClosed) socket.connect();
        }, reopenDelayMs);
      }
    });
    for (const name of Object.keys(signallingNotices) as SignallingNoticeName[]) {
      socket.on(name, (payload: unknown) => {
        const parsed = signallingNotices[name].safeParse(payload);
        // A malformed notice counts as lost: the next snapshot makes up for it.
        if (!parsed.success) return;
        const notice = { name, payload: parsed.data } as ReceivedNotice;
        this.#emitter.emit({ type: "notice", notice });
      });
    }
    return socket;
  }

  /** Goes to the server that has the room; whoever asked asks there again, once it is connected. */
  #moveTo(address: string): void {
    if (this.#isClosed || !this.#route.moveTo(address)) return;
    this.#replaceSocket();
    this.#socket.connect();
  }

  /** Goes on to the next server, after a while that grows with each failure. */
  #tryNext(): void {
    this.#route.next();
    this.#replaceSocket();
    const delayMs = Math.min(longestMoveMs, firstMoveMs * 2 ** Math.min(this.#failedMoves, 10));
    this.#failedMoves += 1;
    clearTimeout(this.#moveTimer);
    this.#moveTimer = setTimeout(() => {
      this.#socket.connect();
    }, delayMs);
  }

  #replaceSocket(): void {
    this.#socket.off();
    this.#socket.disconnect();
    this.#rejectPending();
    this.#socket = this.#open();
  }

  /** Sends one request; settles on the answer, the time limit, the signal or a lost socket. */
  #ask(name: string, payload: unknown, options: RequestOptions): Promise<unknown> {
    const { signal, timeoutMs = requestTimeoutMs } = options;
    return new Promise((resolve, reject) => {
      if (!this.#socket.connected) {
        reject(disconnected());
        return;
      }
      const finish = () => {
        clearTimeout(timer);
        signal?.removeEventListener("abort", onAbort);
        this.#pending.delete(fail);
      };
      const fail = (error: Error) => {
        finish();
        reject(error);
      };
      const onAbort = () => {
        fail(signal?.reason as Error);
      };
      const timer = setTimeout(() => {
        const message = `${name} was not answered within ${timeoutMs} ms`;
        fail(new AppError("timeout", message, { isRetryable: true }));
      }, timeoutMs);
      signal?.addEventListener("abort", onAbort, { once: true });
      this.#pending.add(fail);
      this.#socket.emit(name, payload, (answer: unknown) => {
        finish();
        resolve(answer);
      });
    });
  }

  #rejectPending(): void {
    for (const fail of [...this.#pending]) fail(disconnected());
  }
}

function disconnected(): AppError {
  return new AppError("invalid-state", "not connected to the server", { isRetryable: true });
}

function malformed(name: string, cause: z.ZodError): AppError {
  const message = `malformed acknowledgement of ${name}: ${z.prettifyError(cause)}`;
  return new AppError("protocol-mismatch", message, { cause });
}
