import type { Clock } from "@parley/shared/async/clock";
import type { FastifyInstance } from "fastify";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { requireLoaded } from "../require-loaded";
import type { ServerLog } from "../session-socket";
import { SocketServer } from "../socket-server";
import { speechRoute } from "./speech-route";
import type { SynthesizerNotice } from "./synthesizer-messages";
import { maxMessageBytes, SynthesizerSocket } from "./synthesizer-socket";

export type SynthesisRoutesOptions = {
  http: FastifyInstance;
  /** Null while the voice loads. */
  synthesizer: () => Synthesizer | null;
  /** Voice of requests that name none. */
  defaultVoice: string;
  /** Limit of WebSocket clients, and of concurrent speeches over HTTP. */
  maxClients: number;
  hasFfmpeg: () => Promise<boolean>;
  clock: Clock;
  log: ServerLog;
  /** Aborting it closes every connection. */
  signal: AbortSignal;
};

/**
 * Speech synthesis for clients outside of rooms: adds the HTTP routes.
 *
 * @returns the WebSocket server for `synthesizerPath`
 */
export function synthesisRoutes(options: SynthesisRoutesOptions): SocketServer {
  const { http, synthesizer, defaultVoice, maxClients, clock, log, signal } = options;
  http.register(speechRoute({ ...options, maxSpeeches: maxClients }));
  return new SocketServer({
    maxClients,
    maxMessageBytes,
    serve: (socket) => {
      const loaded = requireLoaded(synthesizer());
      new SynthesizerSocket({ socket, synthesizer: loaded, defaultVoice, clock, log, signal });
    },
    errorMessage: ({ message, code }): SynthesizerNotice => ({
      type: "error",
      message,
      code,
      fatal: true,
    }),
  });
}
