import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import type { FastifyInstance } from "fastify";
import { WebSocketServer, type WebSocket } from "ws";
import type { Recognizer } from "../../contracts/recognizer";
import type { ServerLog } from "../session-socket";
import { closeCodeFor, errorNotice } from "./recognizer-messages";
import { maxMessageBytes, RecognizerSocket } from "./recognizer-socket";
import { transcriptionRoute } from "./transcription-route";

export type SpeechEndpointsOptions = {
  http: FastifyInstance;
  /** Null while the model loads. */
  recognizer: () => Recognizer | null;
  /** WebSocket clients at a time, and transcriptions at a time. */
  maxClients: number;
  clock: Clock;
  log: ServerLog;
  /** Aborting it closes every connection. */
  signal: AbortSignal;
};

/** Where the reference server has its recogniser. */
export const recognizerPath = "/";
/** Room for what is too long to be told so, instead of a connection that just breaks. */
const maxPayloadBytes = 2 * maxMessageBytes;

/** Speech to words for whoever is not a room: a WebSocket and an HTTP endpoint. */
export class SpeechEndpoints {
  readonly #options: SpeechEndpointsOptions;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxPayloadBytes,
    // Sound does not deflate, and trying costs time on every message.
    perMessageDeflate: false,
  });

  constructor(options: SpeechEndpointsOptions) {
    this.#options = options;
    const { http, recognizer, maxClients, log, signal } = options;
    http.register(transcriptionRoute({ recognizer, maxTranscriptions: maxClients, log, signal }));
  }

  /** Makes a recogniser's client of a request for `recognizerPath`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void {
    this.#sockets.handleUpgrade(request, socket, head, (client) => {
      this.#accept(client);
    });
  }

  /** Ends, without a good-bye, the connections that did not end when the signal was aborted. */
  terminate(): void {
    for (const client of this.#sockets.clients) client.terminate();
  }

  #accept(socket: WebSocket): void {
    const { maxClients, clock, log, signal } = this.#options;
    const recognizer = this.#options.recognizer();
    if (recognizer !== null && this.#sockets.clients.size <= maxClients) {
      new RecognizerSocket({ socket, recognizer, clock, log, signal });
      return;
    }
    const message =
      recognizer === null
        ? "The models are still loading."
        : `all ${maxClients} connections of this server are taken`;
    const error = new AppError("agent-unavailable", message, { isRetryable: true });
    socket.on("error", () => undefined);
    socket.send(JSON.stringify(errorNotice(error)));
    socket.close(closeCodeFor(error), error.code);
  }
}
