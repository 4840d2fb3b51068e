import type { Server as HttpServer } from "node:http";
import { AddressSlots } from "@parley/admission/address-slots";
import { clientAddress, type ProxyTrust } from "@parley/admission/client-address";
import type { Clock } from "@parley/shared/async/clock";
import { Server, type Socket } from "socket.io";
import type { Log } from "../contracts/log";
import { TokenBucket } from "@parley/admission/token-bucket";
import { answerRequest } from "./answer-request";
import { Connection } from "./connection";
import type { SignallingOptions } from "./handlers";
import { relayHeader } from "./relay";
import { RelaySwitch, type Routing } from "./relay-switch";
import { UnsentBytes } from "./unsent-bytes";

/** Limit on request size: RTP parameters take a few kB. */
const maxRequestBytes = 100_000;

/** Request rate per socket: joining a full room takes about two requests for each member. */
const requestRate = { burst: 300, perSecond: 50 };

/** Limit on one address's connections: a school behind one address, not a script. */
const socketsPerAddress = 128;

/** Characters of an answer that cost as much as one more request: a snapshot can be a book. */
const charactersPerRequest = 10_000;

/** Limit on bytes that wait for a browser which does not read. It is disconnected, and may return. */
const maxUnsentBytes = 4_000_000;

/** Heartbeat: a silent loss of the network is noticed within 16 s. */
const pingIntervalMs = 8_000;
const pingTimeoutMs = 8_000;

/** Signalling over socket.io, on the HTTP server that serves the web app. */
export class SignallingServer {
  readonly #server: Server;
  readonly #context: SignallingOptions;
  readonly #routing: Routing;
  readonly #sockets = new AddressSlots(socketsPerAddress);
  readonly #services: { clock: Clock; log: Log };

  constructor(
    http: HttpServer,
    context: SignallingOptions & {
      isProxy: ProxyTrust;
      /** What becomes of browsers whose room is at another server. */
      routing?: Routing;
      /** Origins of pages of others, or other servers', that may join without WebSockets, by long polling. */
      pageOrigins?: readonly string[] | "*";
    },
    services: { clock: Clock; log: Log },
  ) {
    this.#context = context;
    this.#routing = context.routing ?? "redirect";
    this.#services = services;
    const { pageOrigins = [] } = context;
    this.#server = new Server(http, {
      serveClient: false,
      // A room's id is its key, and nothing is told by cookies: whose page it is makes no difference.
      cors: { origin: typeof pageOrigins === "string" ? pageOrigins : [...pageOrigins] },
      maxHttpBufferSize: maxRequestBytes,
      pingInterval: pingIntervalMs,
      pingTimeout: pingTimeoutMs,
    });
    this.#server.on("connection", (socket) => {
      const address = clientAddress(socket.request, context.isProxy);
      const release = this.#sockets.take(address);
      if (release === null) {
        services.log.warn({ code: "too-many-requests" }, "an address has too many connections");
        socket.disconnect(true);
        return;
      }
      socket.on("disconnect", release);
      this.#accept(socket, address);
    });
  }

  /** Closes every connection. Seats stay held, so that browsers can reconnect. */
  async close(): Promise<void> {
    this.#server.disconnectSockets(true);
    await this.#server.close();
  }

  #accept(socket: Socket, address: string): void {
    const { clock, log } = this.#services;
    const bucket = new TokenBucket(clock, requestRate);
    const unsent = new UnsentBytes(socket.conn);
    const endSlowReader = () => {
      if (unsent.count <= maxUnsentBytes || connection.isClosed) return;
      log.warn(
        { code: "too-many-requests", bytes: unsent.count },
        "a slow reader was disconnected",
      );
      // Discards what waits; without that it would stay until the browser read it.
      socket.conn.close(true);
      socket.disconnect(true);
    };
    const connection: Connection = new Connection(address, {
      emit: (name, notice) => {
        socket.emit(name, notice);
        endSlowReader();
      },
      disconnect: () => {
        socket.disconnect(true);
      },
    });
    const relay = new RelaySwitch({
      routing: this.#routing,
      clientAddress: address,
      isRelayed: socket.request.headers[relayHeader] !== undefined,
      emit: (name, notice) => {
        socket.emit(name, notice);
        endSlowReader();
      },
      disconnect: () => {
        socket.disconnect(true);
      },
    });
    socket.onAny((name: unknown, ...parts: unknown[]) => {
      const last = parts.at(-1);
      const acknowledge = typeof last === "function" ? (last as (answer: unknown) => void) : null;
      const payload = parts[0] === last && acknowledge !== null ? undefined : parts[0];
      if (!bucket.take()) {
        const message = "Too many requests.";
        const error = { code: "too-many-requests", message, isRetryable: true };
        acknowledge?.({ ok: false, error });
        return;
      }
      const request = { name, payload };
      const answerHere = () => answerRequest(this.#context, connection, request, log);
      void relay.answer(request, answerHere).then((answer) => {
        if (acknowledge === null || connection.isClosed) return;
        const sentBefore = unsent.total;
        acknowledge(answer);
        bucket.charge((unsent.total - sentBefore) / charactersPerRequest);
        endSlowReader();
      });
    });
    socket.on("disconnect", () => {
      connection.close();
      relay.close();
    });
  }
}
