import type { Clock } from "@parley/shared/async/clock";
import type { FastifyInstance } from "fastify";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import { requireLoaded } from "../require-loaded";
import type { ServerLog } from "../session-socket";
import { SocketServer } from "../socket-server";
import { errorNotice, extensionsHeader } from "./recognizer-messages";
import { maxMessageBytes, RecognizerSocket } from "./recognizer-socket";
import { WaitingMessages } from "./waiting-messages";
import { transcriptionRoute } from "./transcription-route";

export type RecognitionRoutesOptions = {
  http: FastifyInstance;
  /** Null while the model loads. */
  recognizer: () => Recognizer | null;
  /** Limit of WebSocket clients, and of concurrent transcriptions. */
  maxClients: number;
  /** Messages that may wait for the recogniser in memory, in bytes; 256 MB unless given. */
  maxWaitingBytes?: number;
  clock: Clock;
  log: ServerLog;
  /** Aborting it closes every connection. */
  signal: AbortSignal;
};

/**
 * Two hours of sound. Reading far ahead keeps clients that send a file at once: their pings wait
 * behind it, and they leave when those stay without an answer for half a minute.
 */
const usualWaitingBytes = 256_000_000;

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
  const waiting = new WaitingMessages(options.maxWaitingBytes ?? usualWaitingBytes);
  return new SocketServer({
    maxClients,
    maxMessageBytes,
    serve: (socket, { headers }) => {
      const loaded = requireLoaded(recognizer());
      const isExtended = headers[extensionsHeader] !== undefined;
      const shared = { recognizer: loaded, waiting, clock, log, signal };
      new RecognizerSocket({ socket, isExtended, ...shared });
    },
    errorMessage: errorNotice,
  });
}
