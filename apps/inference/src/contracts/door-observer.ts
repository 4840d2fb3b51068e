import type { IncomingMessage } from "node:http";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { FastifyInstance } from "fastify";

/** Engines of the speech endpoints. */
export type DoorEngines = { recognizer: Recognizer; synthesizer: Synthesizer };

/** Sees the requests to the speech endpoints, to trace them. Nothing is decided by it. */
export type ObserveDoors = {
  /** Called once, before routes are added. */
  requests(http: FastifyInstance): void;
  /** Called with each WebSocket; `accept` accepts it. */
  socket(request: IncomingMessage, accept: () => void): void;
  /** Puts an observer around the engines; called for each request. */
  engines(engines: DoorEngines): DoorEngines;
};
