import type { IncomingMessage } from "node:http";
import type { Duplex } from "node:stream";
import type { Clock } from "@parley/shared/async/clock";
import type { ErrorCode } from "@parley/shared/errors";
import type { FastifyInstance } from "fastify";
import { WebSocketServer, type WebSocket } from "ws";
import type { Synthesizer } from "../../contracts/synthesizer";
import type { ServerLog } from "../session-socket";
import { speechRoute } from "./speech-route";
import type { SynthesizerNotice } from "./synthesizer-messages";
import { maxMessageBytes, SynthesizerSocket } from "./synthesizer-socket";

export type SynthesisEndpointsOptions = {
  http: FastifyInstance;
  /** Null while the voice loads. */
  synthesizer: () => Synthesizer | null;
  /** Spoken where a client names none. */
  defaultVoice: string;
  /** WebSocket clients at a time, and speeches over HTTP at a time. */
  maxClients: number;
  hasFfmpeg: () => Promise<boolean>;
  clock: Clock;
  log: ServerLog;
  /** Aborting it closes every connection. */
  signal: AbortSignal;
};

/** Room for what is too long to be told so, instead of a connection that just breaks. */
const maxPayloadBytes = 2 * maxMessageBytes;

/** Words to speech for whoever is not a room: a WebSocket and two HTTP endpoints. */
export class SynthesisEndpoints {
  readonly #options: SynthesisEndpointsOptions;
  readonly #sockets = new WebSocketServer({
    noServer: true,
    maxPayload: maxPayloadBytes,
    // Sound does not deflate, and trying costs time on every message.
    perMessageDeflate: false,
  });

  constructor(options: SynthesisEndpointsOptions) {
    this.#options = options;
    const { maxClients: maxSpeeches, http } = options;
    http.register(speechRoute({ ...options, maxSpeeches }));
  }

  /** Makes a synthesiser's client of a request for `synthesizerPath`. */
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
    const { maxClients, defaultVoice, clock, log, signal } = this.#options;
    const synthesizer = this.#options.synthesizer();
    if (synthesizer !== null && this.#sockets.clients.size <= maxClients) {
      new SynthesizerSocket({ socket, synthesizer, defaultVoice, clock, log, signal });
      return;
    }
    const message =
      synthesizer === null
        ? "The models are still loading."
        : `all ${maxClients} connections of this server are taken`;
    const code: ErrorCode = "agent-unavailable";
    const notice: SynthesizerNotice = { type: "error", message, code, fatal: true };
    socket.on("error", () => undefined);
    socket.send(JSON.stringify(notice));
    socket.close(1013, code);
  }
}
