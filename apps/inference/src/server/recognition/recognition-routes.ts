import type { Clock } from "@parley/shared/async/clock";
import type { FastifyInstance } from "fastify";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import { EngineSockets } from "../engine-sockets";
import type { ServerLog } from "../session-socket";
import { errorNotice } from "./recognizer-messages";
import { maxMessageBytes, RecognizerSocket } from "./recognizer-socket";
import { transcriptionRoute } from "./transcription-route";

export type RecognitionRoutesOptions = {
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

/** Speech to words for whoever is not a room: a WebSocket and an HTTP endpoint. */
export class RecognitionRoutes extends EngineSockets<Recognizer> {
  constructor({ http, recognizer, maxClients, clock, log, signal }: RecognitionRoutesOptions) {
    super({
      engine: recognizer,
      maxClients,
      maxMessageBytes,
      serve: (socket, engine) => {
        new RecognizerSocket({ socket, recognizer: engine, clock, log, signal });
      },
      noticeOf: errorNotice,
    });
    http.register(transcriptionRoute({ recognizer, maxTranscriptions: maxClients, log, signal }));
  }
}
