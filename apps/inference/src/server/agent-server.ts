import { setMaxListeners } from "node:events";
import { addApiRoutes } from "@parley/api-document/api-routes";
import { RouteCollector } from "@parley/api-document/route-collector";
import { demandProgress } from "@parley/admission/demand-progress";
import type { Clock } from "@parley/shared/async/clock";
import { toWireError } from "@parley/shared/errors";
import {
  agentLinkPath,
  agentLinkProtocol,
  maxLinkMessageBytes,
} from "@parley/shared/protocol/agent-link";
import type { WorkerCard } from "@parley/shared/protocol/worker-card";
import Fastify, { type FastifyInstance, type FastifyPluginCallback } from "fastify";
import { isInstalled } from "@parley/audio/installed-program";
import type { ModelAdministration } from "../contracts/model-administration";
import type { DoorEngines, ObserveDoors } from "../contracts/door-observer";
import type { ObserveSession } from "../contracts/session-observer";
import type { SessionEngines } from "../session/engines";
import type { SessionSettings } from "../session/settings";
import { answerHandshakes, type SocketDoor } from "./answer-handshakes";
import { answerPages } from "./answer-pages";
import { answerUnknownPaths, answerUnreadableAddress } from "./answer-unknown-paths";
import { TimersByRoom } from "../session/tools/timers-by-room";
import { modelsRoute } from "./models-route";
import { openAiModelsRoute, type SpeechModelNames } from "./openai-models";
import { apiInformation, inferenceOperations } from "./operations/api-information";
import { isFromPeer } from "./peer-key";
import { realtimePath, realtimeRoutes } from "./realtime/realtime-routes";
import { recognizerPath, recognitionRoutes } from "./recognition/recognition-routes";
import { refuseForeignPages } from "./refuse-foreign-pages";
import { SessionAdmission } from "./session-admission";
import { SessionSocket, type ServerLog } from "./session-socket";
import { SocketServer } from "./socket-server";
import { synthesisRoutes } from "./synthesis/synthesis-routes";
import { synthesizerPath } from "./synthesis/voice-config";
import { workerRoute } from "./worker-route";

export type AgentServerOptions = {
  /** Null while the models load; then the same engines for all sessions. */
  engines: () => SessionEngines | null;
  /** True while the active recogniser is the one that ships with Parley. */
  isDemonstration: () => boolean;
  /** Null while the models load. */
  modelAdministration?: () => ModelAdministration | null;
  /** Names of the recogniser and the voice; null while the models load. */
  modelNames?: () => SpeechModelNames | null;
  /** Limit of sessions, and of the clients of each speech API. */
  maxSessions: number;
  /** Of this worker, to tell it from its successor at the same address. */
  workerId: string;
  /** Parley's, for people. */
  version: string;
  /** The key of whoever may open sessions and manage models; null: only this machine may. */
  linkKey: string | null;
  /** Origins of web pages that may use the speech endpoints. */
  pageOrigins: readonly string[];
  defaultVoice: string;
  clock: Clock;
  settings: SessionSettings;
  /** Sees each session's messages; nobody does unless given. */
  observeSession?: ObserveSession;
  /** Sees the requests to the speech endpoints; nobody does unless given. */
  observeDoors?: ObserveDoors;
  /** Routes of others, such as that of the metrics. */
  routes?: readonly FastifyPluginCallback[];
  log: ServerLog;
};

/** Slowest upload that is waited for: a telephone line's 16 kbit/s. */
const slowestUpload = { everyMs: 5_000, leastBytes: 10_000 };

/** Limit on receiving a request's head, in ms, and how often Node looks. */
const slowestHead = { headersTimeout: 15_000, connectionsCheckingInterval: 5_000 };

/** How often it is looked whether the last room has gone, in ms. */
const lookEveryMs = 50;

/** Time for closing handshakes, in ms, after which connections are cut. */
const closeTimeoutMs = 1_000;

/** The inference worker's one port: agent links, speech APIs, and model administration. */
export class AgentServer {
  readonly #options: AgentServerOptions;
  readonly #http: FastifyInstance = Fastify({
    http: slowestHead,
    frameworkErrors: answerUnreadableAddress,
  });
  readonly #links: SocketServer;
  /** By their path. */
  readonly #doors: ReadonlyMap<string, SocketDoor>;
  readonly #controller = new AbortController();
  readonly #draining = new AbortController();
  readonly #admission: SessionAdmission;
  readonly #timers: TimersByRoom;

  constructor(options: AgentServerOptions) {
    this.#options = options;
    const { signal } = this.#controller;
    // One listener per connection; the default limit of ten warns about leaks.
    setMaxListeners(0, signal, this.#draining.signal);
    this.#admission = new SessionAdmission({
      maxSessions: options.maxSessions,
      speakers: () => options.engines()?.recognizer.capacity,
    });
    this.#timers = new TimersByRoom(options.clock, signal);
    this.#links = new SocketServer({
      // Whether a room is admitted is decided once it has said who is in it.
      maxClients: 2 * options.maxSessions,
      maxMessageBytes: maxLinkMessageBytes,
      serve: (socket) => {
        this.#openSession(socket);
      },
      errorMessage: (error) => ({ type: "error", error: toWireError(error) }),
    });
    const { linkKey, pageOrigins, log } = options;
    const observe = options.observeDoors?.socket.bind(options.observeDoors);
    demandProgress(this.#http.server, { clock: options.clock, ...slowestUpload });
    options.observeDoors?.requests(this.#http);
    refuseForeignPages(this.#http, pageOrigins);
    answerPages(this.#http, pageOrigins);
    answerUnknownPaths(this.#http);
    const collector = new RouteCollector(this.#http, { operations: inferenceOperations });
    this.#addHealthRoutes();
    const administration = () => options.modelAdministration?.() ?? null;
    this.#http.register(modelsRoute({ administration, linkKey }));
    this.#http.register(workerRoute({ card: () => this.card(), linkKey }));
    this.#http.register(openAiModelsRoute(() => options.modelNames?.() ?? null));
    for (const route of options.routes ?? []) this.#http.register(route);
    const shared = {
      http: this.#http,
      maxClients: options.maxSessions,
      clock: options.clock,
      log: options.log,
      signal,
    };
    const recognition = recognitionRoutes({
      ...shared,
      recognizer: () => this.#doorEngines()?.recognizer ?? null,
    });
    const synthesis = synthesisRoutes({
      ...shared,
      synthesizer: () => this.#doorEngines()?.synthesizer ?? null,
      defaultVoice: options.defaultVoice,
      hasFfmpeg: () =>
        isInstalled("ffmpeg", { environment: process.env, platform: process.platform }),
    });
    const realtime = realtimeRoutes({
      ...shared,
      engines: options.engines,
      admission: this.#admission,
      defaultVoice: options.defaultVoice,
      settings: options.settings,
      timers: this.#timers,
      observeSession: options.observeSession,
    });
    this.#doors = new Map<string, SocketDoor>([
      [
        agentLinkPath,
        {
          sockets: this.#links,
          mayEnter: (request) => isFromPeer(request, linkKey),
          refusal: { code: "operator-only", message: "a link without the key was refused" },
        },
      ],
      [realtimePath, { sockets: realtime.sockets, mayEnter: realtime.mayConnect, observe }],
      [recognizerPath, { sockets: recognition, observe }],
      [synthesizerPath, { sockets: synthesis, observe }],
    ]);
    for (const path of this.#doors.keys()) collector.addSocket(path);
    addApiRoutes(this.#http, collector, { ...apiInformation, version: options.version });
    answerHandshakes(this.#http.server, { doors: this.#doors, pageOrigins, log, signal });
  }

  /** @returns the bound port, which differs from the requested one when that was 0 */
  async listen(address: { host: string; port: number }): Promise<number> {
    await this.#http.listen(address);
    const bound = this.#http.server.address();
    return typeof bound === "object" && bound !== null ? bound.port : address.port;
  }

  /** What media-servers choose a worker by. */
  card(): WorkerCard {
    const { engines, workerId, version } = this.#options;
    const loaded = engines();
    const { isDraining, capacity, load } = this.#admission;
    return {
      workerId,
      version,
      protocol: agentLinkProtocol,
      isReady: this.#isReady,
      isDraining,
      models: {
        hears: loaded?.recognizer.name ?? "",
        thinks: loaded?.chatModel.name ?? "",
        speaks: loaded?.synthesizer.name ?? "",
      },
      voices: [...(loaded?.synthesizer.voices ?? [])],
      languages: [...(loaded?.synthesizer.languages ?? ["en"])],
      capacity,
      load,
      // A model without a server is always there.
      chat: loaded === null ? "unknown" : (loaded.chatModel.state ?? "answers"),
    };
  }

  /** Takes no more rooms; those that are here stay. */
  drain(): void {
    this.#admission.drain();
  }

  /**
   * Sends rooms to other workers, each when its agent is quiet. Resolves once all have gone, or when
   * the signal is aborted.
   */
  async sendAway(signal: AbortSignal): Promise<void> {
    if (signal.aborted) return;
    this.#draining.abort();
    while (this.#links.size > 0 && !isAborted(signal)) {
      await this.#options.clock.delay(lookEveryMs, signal).catch(() => undefined);
    }
  }

  /** Closes every connection with "try again later" and stops listening. Idempotent. */
  async close(): Promise<void> {
    this.#controller.abort();
    // A peer that does not answer the closing handshake must not keep the process alive.
    const cancel = this.#options.clock.schedule(closeTimeoutMs, () => {
      for (const { sockets } of this.#doors.values()) sockets.terminate();
      // Idle keep-alive connections of HTTP clients.
      this.#http.server.closeAllConnections();
    });
    await this.#http.close();
    cancel();
  }

  get #isReady(): boolean {
    return this.#options.engines() !== null && !this.#controller.signal.aborted;
  }

  #doorEngines(): DoorEngines | null {
    const { engines, observeDoors } = this.#options;
    const present = engines();
    return present === null || observeDoors === undefined ? present : observeDoors.engines(present);
  }

  #addHealthRoutes(): void {
    this.#http.get("/health", () => ({ status: "ok", sessions: this.#links.size }));
    this.#http.get("/ready", (_request, reply) => {
      const { isDraining, chat, load } = this.card();
      const isReady = this.#isReady && !isDraining;
      return reply.code(isReady ? 200 : 503).send({ isReady, isDraining, chat, load });
    });
  }

  #openSession(socket: ConstructorParameters<typeof SessionSocket>[0]["socket"]): void {
    const { signal } = this.#controller;
    const { engines, isDemonstration, observeSession } = this.#options;
    const { defaultVoice, clock, settings, log } = this.#options;
    new SessionSocket({
      socket,
      engines: engines(),
      isDemonstration: isDemonstration(),
      admission: this.#admission,
      observer: observeSession?.() ?? null,
      defaultVoice,
      clock,
      settings,
      timers: this.#timers,
      log,
      draining: this.#draining.signal,
      signal,
    });
  }
}

/** Read anew after a wait, which TypeScript would not expect. */
function isAborted(signal: AbortSignal): boolean {
  return signal.aborted;
}
