import type { Clock } from "@parley/shared/async/clock";
import type { FastifyInstance } from "fastify";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import { requireLoaded } from "../require-loaded";
import type { ServerLog } from "../session-socket";
import { SocketServer } from "../socket-server";
import { errorNotice, extensionsHeader } from "./recognizer-messages";
import { maxMessageBytes, RecognizerSocket } from "./recognizer-socket";
import { transcriptionRoute } from "./transcription-route";

export type RecognitionRoutesOptions = {
  http: FastifyInstance;
  /** Null while the model loads. */
  recognizer: () => Recognizer | null;
  /** Limit of WebSocket clients, and of concurrent transcriptions. */
  maxClients: number;
  clock: Clock;
  log: ServerLog;
  /** Aborting it closes every connection. */
  signal: AbortSignal;
};

/** WebSocket path of the recogniser, the reference server's. */
export const recognizerPath = "/";

/**
 * Speech recognition for clients outside of rooms: adds the HTTP route for files.
 *
 * @returns the WebSocket server for `recognizerPath`
 */
export function recognitionRoutes(options: RecognitionRoutesOptions): SocketServer {
  const { http, recognizer, maxClients, clock, log, signal } = options;
  http.register(transcriptionRoute({ recognizer, maxTranscriptions: maxClients, log, signal }));
  return new SocketServer({
    maxClients,
    maxMessageBytes,
    serve: (socket, { headers }) => {
      const loaded = requireLoaded(recognizer());
      const isExtended = headers[extensionsHeader] !== undefined;
      new RecognizerSocket({ socket, recognizer: loaded, isExtended, clock, log, signal });
    },
    errorMessage: errorNotice,
  });
}
