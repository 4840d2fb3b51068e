import type { Clock } from "@parley/shared/async/clock";
import { newId } from "@parley/shared/protocol/ids";
import type { FastifyInstance } from "fastify";
import type { IncomingMessage } from "node:http";
import type { ObserveSession } from "../../contracts/session-observer";
import type { SessionEngines } from "../../session/engines";
import type { SessionSettings } from "../../session/settings";
import type { TimersByRoom } from "../../session/tools/timers-by-room";
import { requireLoaded } from "../require-loaded";
import type { SessionAdmission } from "../session-admission";
import type { ServerLog } from "../session-socket";
import { SocketServer } from "../socket-server";
import { clientSecretRoutes } from "./client-secret-routes";
import { ClientSecrets } from "./client-secrets";
import { openRealtime } from "./open-realtime";
import { presentedKey, speaksBeta } from "./presented-key";
import { realtimeErrorFields } from "./realtime-error";
import { maxMessageBytes, RealtimeSocket } from "./realtime-socket";
import { initialConfig, withChanges } from "./session/realtime-config";

export type RealtimeRoutesOptions = {
  http: FastifyInstance;
  /** Null while the models load. */
  engines: () => SessionEngines | null;
  /** Sessions count as rooms of one. */
  admission: SessionAdmission;
  maxClients: number;
  defaultVoice: string;
  settings: SessionSettings;
  timers: TimersByRoom;
  observeSession?: ObserveSession | undefined;
  clock: Clock;
  log: ServerLog;
  /** Aborting it closes every connection. */
  signal: AbortSignal;
};

/** OpenAI's path. */
export const realtimePath = "/v1/realtime";

/** Model that is shown where a client names none. */
const usualModel = "gpt-realtime";
const usualVoice = "alloy";

/** The Realtime API: adds the HTTP routes of ephemeral keys. */
export function realtimeRoutes(options: RealtimeRoutesOptions): {
  sockets: SocketServer;
  /** False for an ephemeral key that is unknown or expired. */
  mayConnect: (request: IncomingMessage) => boolean;
} {
  const { http, engines, admission, clock, log, signal } = options;
  const secrets = new ClientSecrets(clock);
  http.register(clientSecretRoutes(secrets));
  const sockets = new SocketServer({
    maxClients: options.maxClients,
    maxMessageBytes,
    serve: (socket, request) => {
      const loaded = requireLoaded(engines());
      const admitted = admission.admit(1);
      const observer = options.observeSession?.() ?? null;
      const { defaultVoice, settings, timers } = options;
      const config = configOf(request, secrets);
      new RealtimeSocket({
        socket,
        clock,
        log,
        signal,
        isBeta: speaksBeta(request),
        open: (emit, sessionSignal) =>
          openRealtime({
            engines: loaded,
            config,
            defaultVoice,
            settings,
            timers,
            clock,
            observer,
            emit,
            signal: sessionSignal,
          }),
        onClosed: () => {
          admitted.release();
          observer?.closed();
        },
      });
    },
    errorMessage: (error) => ({
      type: "error",
      event_id: `event_${newId<string>()}`,
      error: realtimeErrorFields(error, null),
    }),
  });
  return { sockets, mayConnect: (request) => secrets.admit(presentedKey(request)) !== null };
}

/** Settings of a new session: what its key was made with, and what its address says. */
function configOf(request: IncomingMessage, secrets: ClientSecrets) {
  const query = new URL(request.url ?? "/", "http://localhost").searchParams;
  const fields = secrets.admit(presentedKey(request)) ?? {};
  const isTranscription =
    query.get("intent") === "transcription" || fields.type === "transcription";
  const config = initialConfig({
    id: `sess_${newId<string>()}`,
    type: isTranscription ? "transcription" : "realtime",
    model: (query.get("model") ?? query.get("deployment") ?? usualModel).slice(0, 200),
    voice: usualVoice,
  });
  const { model } = query.has("model") ? config : { ...config, ...fields };
  return withChanges(config, { ...fields, model });
}
