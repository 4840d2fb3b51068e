import type { Clock } from "@parley/shared/async/clock";
import type { FastifyInstance } from "fastify";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { EngineSockets } from "../engine-sockets";
import type { ServerLog } from "../session-socket";
import { speechRoute } from "./speech-route";
import type { SynthesizerNotice } from "./synthesizer-messages";
import { maxMessageBytes, SynthesizerSocket } from "./synthesizer-socket";

export type SynthesisRoutesOptions = {
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

/** Words to speech for whoever is not a room: a WebSocket and two HTTP endpoints. */
export class SynthesisRoutes extends EngineSockets<Synthesizer> {
  constructor(options: SynthesisRoutesOptions) {
    const { http, synthesizer, defaultVoice, maxClients, clock, log, signal } = options;
    super({
      engine: synthesizer,
      maxClients,
      maxMessageBytes,
      serve: (socket, engine) => {
        new SynthesizerSocket({ socket, synthesizer: engine, defaultVoice, clock, log, signal });
      },
      noticeOf: ({ message, code }): SynthesizerNotice => ({
        type: "error",
        message,
        code,
        fatal: true,
      }),
    });
    http.register(speechRoute({ ...options, maxSpeeches: maxClients }));
  }
}
