import { setMaxListeners } from "node:events";
import type { Clock } from "@parley/shared/async/clock";
import { AppError, toWireError } from "@parley/shared/errors";
import { agentLinkPath, maxLinkMessageBytes } from "@parley/shared/protocol/agent-link";
import Fastify, { type FastifyInstance } from "fastify";
import { WebSocketServer } from "ws";
import { isInstalled } from "@parley/audio/installed-program";
import type { ModelDesk } from "../contracts/model-desk";
import type { SessionEngines } from "../session/engines";
import type { SessionSettings } from "../session/settings";
import { modelsRoute } from "./models/models-route";
import { SessionSocket, type ServerLog } from "./session-socket";
import { recognizerPath, SpeechEndpoints } from "./speech/speech-endpoints";
import { SynthesisEndpoints } from "./synthesis/synthesis-endpoints";
import { synthesizerPath } from "./synthesis/voice-config";

export type AgentServerOptions = {
  /** Null while the models load; then the same for all sessions. */
  engines: () => SessionEngines | null;
  /** True while it is the recogniser that comes with Parley that listens. */
  isDemonstration: () => boolean;
  /** What operators ask of models; null while they load. */
  modelDesk?: () => ModelDesk | null;
  /** Sessions at a time, and clients of each speech endpoint; more are told to come back. */
  maxSessions: number;
  defaultVoice: string;
  clock: Clock;
  settings: SessionSettings;
  log: ServerLog;
};

/** Room for what is too long to be told so, instead of a link that just breaks. */
const maxPayloadBytes = 2 * maxLinkMessageBytes;

/** The inference worker's one port: agent links, speech endpoints, and what operators ask. */
export class AgentServer {
  readonly #options: AgentServerOptions;
  readonly #http: FastifyInstance = Fastify();
  readonly #links: WebSocketServer;
  readonly #speech: SpeechEndpoints;
  readonly #synthesis: SynthesisEndpoints;
  readonly #controller = new AbortController();

  constructor(options: AgentServerOptions) {
    this.#options = options;
    // Every link listens to it; the usual warning is about leaks.
    setMaxListeners(0, this.#controller.signal);
    this.#http.get("/health", () => ({ status: "ok", sessions: this.#links.clients.size }));
    this.#http.get("/ready", (_request, reply) => {
      const isReady = options.engines() !== null && !this.#controller.signal.aborted;
      return reply.code(isReady ? 200 : 503).send({ isReady });
    });
    this.#http.register(modelsRoute({ desk: () => options.modelDesk?.() ?? null }));
    this.#speech = new SpeechEndpoints({
      http: this.#http,
      recognizer: () => options.engines()?.recognizer ?? null,
      maxClients: options.maxSessions,
      clock: options.clock,
      log: options.log,
      signal: this.#controller.signal,
    });
    this.#synthesis = new SynthesisEndpoints({
      http: this.#http,
      synthesizer: () => options.engines()?.synthesizer ?? null,
      defaultVoice: options.defaultVoice,
      maxClients: options.maxSessions,
      hasFfmpeg: () =>
        isInstalled("ffmpeg", { environment: process.env, platform: process.platform }),
      clock: options.clock,
      log: options.log,
      signal: this.#controller.signal,
    });
    this.#links = new WebSocketServer({
      noServer: true,
      maxPayload: maxPayloadBytes,
      // Sound does not deflate, and trying costs time on every frame.
      perMessageDeflate: false,
    });
    this.#links.on("connection", (socket) => {
      this.#accept(socket);
    });
    this.#http.server.on("upgrade", (request, socket, head) => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      const isOpen = !this.#controller.signal.aborted;
      if (isOpen && path === recognizerPath) {
        this.#speech.upgrade(request, socket, head);
        return;
      }
      if (isOpen && path === synthesizerPath) {
        this.#synthesis.upgrade(request, socket, head);
        return;
      }
      if (!isOpen || path !== agentLinkPath) {
        socket.end("HTTP/1.1 404 Not Found\r\nConnection: close\r\n\r\n");
        return;
      }
      this.#links.handleUpgrade(request, socket, head, (link) => {
        this.#links.emit("connection", link, request);
      });
    });
  }

  /** @returns the port it listens on: another than asked for if that was 0 */
  async listen(address: { host: string; port: number }): Promise<number> {
    await this.#http.listen(address);
    const bound = this.#http.server.address();
    return typeof bound === "object" && bound !== null ? bound.port : address.port;
  }

  /** Says good-bye to every link and stops listening. Idempotent. */
  async close(): Promise<void> {
    this.#controller.abort();
    this.#links.close();
    for (const link of this.#links.clients) link.close(1013, "shutting down");
    // A peer that does not answer the close must not keep the process.
    const cancel = this.#options.clock.schedule(1_000, () => {
      for (const link of this.#links.clients) link.terminate();
      this.#speech.terminate();
      this.#synthesis.terminate();
      // A client may keep a connection open that it asks nothing over.
      this.#http.server.closeAllConnections();
    });
    await this.#http.close();
    cancel();
  }

  #accept(socket: ConstructorParameters<typeof SessionSocket>[0]["socket"]): void {
    const { maxSessions } = this.#options;
    if (this.#links.clients.size > maxSessions) {
      const message = `all ${maxSessions} sessions of this worker are taken`;
      const error = new AppError("agent-unavailable", message, { isRetryable: true });
      socket.on("error", () => undefined);
      socket.send(JSON.stringify({ type: "error", error: toWireError(error) }));
      socket.close(1013, error.code);
      return;
    }
    const { signal } = this.#controller;
    const { engines, isDemonstration, defaultVoice, clock, settings, log } = this.#options;
    new SessionSocket({
      socket,
      engines: engines(),
      isDemonstration: isDemonstration(),
      defaultVoice,
      clock,
      settings,
      log,
      signal,
    });
  }
}
