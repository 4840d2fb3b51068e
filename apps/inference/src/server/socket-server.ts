import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import { AppError } from "@parley/shared/errors";
import { WebSocketServer, type WebSocket } from "ws";
import { closeCodes } from "./close-codes";

export type SocketServerOptions = {
  /** Clients at a time; further ones are refused with `agent-unavailable`. */
  maxClients: number;
  /** Longest message, in bytes, that the protocol accepts. */
  maxMessageBytes: number;
  /** @throws AppError when the client cannot be served now */
  serve: (socket: WebSocket, request: IncomingMessage) => void;
  /** The message that reports an error in the client's protocol. */
  errorMessage: (error: AppError) => object;
};

/** The WebSocket clients of one path, limited in number. */
export class SocketServer {
  readonly #options: SocketServerOptions;
  readonly #sockets: WebSocketServer;

  constructor(options: SocketServerOptions) {
    this.#options = options;
    this.#sockets = new WebSocketServer({
      noServer: true,
      // Twice the limit, so that a longer message is answered with an error; `ws` would only
      // break the connection.
      maxPayload: 2 * options.maxMessageBytes,
      // Sound does not deflate, and trying costs time on every message.
      perMessageDeflate: false,
    });
  }

  /** Connected clients, those that are being refused included. */
  get size(): number {
    return this.#sockets.clients.size;
  }

  /** Accepts the WebSocket handshake of an HTTP request. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      this.#accept(client, request);
    });
  }

  /** Cuts every connection without a closing handshake. */
  terminate(): void {
    for (const client of this.#sockets.clients) client.terminate();
  }

  #accept(socket: WebSocket, request: IncomingMessage): void {
    const { maxClients, serve, errorMessage } = this.#options;
    try {
      if (this.size > maxClients) {
        const message = `all ${maxClients} connections of this server are taken`;
        throw new AppError("agent-unavailable", message, { isRetryable: true });
      }
      serve(socket, request);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      // Without a listener a failing connection would end the process.
      socket.on("error", () => undefined);
      socket.send(JSON.stringify(errorMessage(error)));
      socket.close(closeCodes.tryAgainLater, error.code);
    }
  }
}
