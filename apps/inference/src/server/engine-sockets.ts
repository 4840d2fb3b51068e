import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { AppError } from "@parley/shared/errors";
import { WebSocketServer, type WebSocket } from "ws";

export type EngineSocketsOptions<Engine> = {
  /** Null while it loads. */
  engine: () => Engine | null;
  /** Clients at a time. */
  maxClients: number;
  /** Of the longest message that is taken. */
  maxMessageBytes: number;
  serve: (socket: WebSocket, engine: Engine) => void;
  /** What a client is told that cannot be served now. */
  noticeOf: (error: AppError) => object;
};

/** The WebSocket clients of one engine, up to a number at a time; more are told to come back. */
export class EngineSockets<Engine> {
  readonly #options: EngineSocketsOptions<Engine>;
  readonly #sockets: WebSocketServer;

  constructor(options: EngineSocketsOptions<Engine>) {
    this.#options = options;
    this.#sockets = new WebSocketServer({
      noServer: true,
      // Room for what is too long to be told so, instead of a connection that just breaks.
      maxPayload: 2 * options.maxMessageBytes,
      // Sound does not deflate, and trying costs time on every message.
      perMessageDeflate: false,
    });
  }

  /** Makes the engine's client of a request for its path. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      this.#accept(client);
    });
  }

  /** Ends, without a good-bye, the connections that did not end when the server was shut down. */
  terminate(): void {
    for (const client of this.#sockets.clients) client.terminate();
  }

  #accept(socket: WebSocket): void {
    const { maxClients, serve, noticeOf } = this.#options;
    const engine = this.#options.engine();
    if (engine !== null && this.#sockets.clients.size <= maxClients) {
      serve(socket, engine);
      return;
    }
    const message =
      engine === null
        ? "The models are still loading."
        : `all ${maxClients} connections of this server are taken`;
    const error = new AppError("agent-unavailable", message, { isRetryable: true });
    socket.on("error", () => undefined);
    socket.send(JSON.stringify(noticeOf(error)));
    // Try again later.
    socket.close(1013, error.code);
  }
}
