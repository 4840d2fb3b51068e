import type { Clock } from "@parley/shared/async/clock";
import { AppError, toWireError } from "@parley/shared/errors";
import {
  agentLinkProtocol,
  maxLinkMessageBytes,
  type LinkNotice,
  type LinkRequest,
} from "@parley/shared/protocol/agent-link";
import { encodeLinkFrame } from "@parley/shared/protocol/link-frame";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import type { RawData, WebSocket } from "ws";
import { AgentSession } from "../session/agent-session";
import type { SessionEngines } from "../session/engines";
import type { SessionSettings } from "../session/settings";
import { FrameReader, readRequest } from "./link-input";
import { OffenceCounter } from "./offence-counter";
import { watchLiveness } from "./watch-liveness";

export type SessionSocketOptions = {
  socket: WebSocket;
  /** Null while the models load. */
  engines: SessionEngines | null;
  isDemonstration: boolean;
  /** Used where the room's maker named none, or one that is not there. */
  defaultVoice: string;
  clock: Clock;
  settings: SessionSettings;
  log: ServerLog;
  /** Aborting it closes the link. */
  signal: AbortSignal;
};

/** What the server says about itself; messages are static, speech and names never enter. */
export type ServerLog = {
  info: (details: object, message: string) => void;
  warn: (details: object, message: string) => void;
};

/** Slips that are forgiven within ten seconds. */
const offenceLimit = { limit: 20, periodMs: 10_000 };
/** A link that has not said `session-open` by then is not one of ours. */
const openTimeoutMs = 10_000;
const livenessIntervalMs = 10_000;
/** WebSocket close codes: policy violation, internal error, try again later. */
const closeCodes = { refused: 1008, failed: 1011, later: 1013 } as const;

/** Pumps one link to one session, and closes the one with the other. */
export class SessionSocket {
  readonly #options: SessionSocketOptions;
  readonly #frames = new FrameReader();
  readonly #offences: OffenceCounter;
  readonly #controller = new AbortController();
  #session: AgentSession | null = null;

  constructor(options: SessionSocketOptions) {
    this.#options = options;
    const { socket, clock, signal } = options;
    this.#offences = new OffenceCounter({ clock, ...offenceLimit });
    socket.on("message", (data, isBinary) => {
      this.#receive(data, isBinary);
    });
    socket.on("close", () => {
      this.#controller.abort();
    });
    // `ws` closes the socket itself after an error; without a listener it would end the process.
    socket.on("error", () => {
      options.log.warn({}, "link failed");
    });
    const onShutdown = () => {
      socket.close(closeCodes.later, "shutting down");
    };
    signal.addEventListener("abort", onShutdown, { signal: this.#controller.signal });
    this.#expectOpen();
    watchLiveness({
      socket,
      clock,
      intervalMs: livenessIntervalMs,
      signal: this.#controller.signal,
    });
  }

  #receive(data: RawData, isBinary: boolean): void {
    if (this.#controller.signal.aborted) return;
    try {
      const bytes = messageBytes(data);
      if (isBinary) {
        if (this.#session === null)
          throw new AppError("invalid-state", "sound before session-open");
        this.#session.accept(this.#frames.read(bytes));
      } else {
        if (bytes.length > maxLinkMessageBytes) {
          this.#refuse(new AppError("invalid-request", `message of ${bytes.length} bytes`));
          return;
        }
        const request = readRequest(new TextDecoder().decode(bytes));
        if (request !== null) this.#handle(request);
      }
    } catch (error) {
      this.#offend(error);
    }
  }

  #handle(request: LinkRequest): void {
    if (request.type === "session-open") {
      this.#open(request);
      return;
    }
    if (this.#session === null) {
      this.#refuse(new AppError("invalid-state", `${request.type} before session-open`));
      return;
    }
    if (request.type === "member-left") this.#frames.forget(request.memberId);
    this.#session.accept(request);
  }

  #open(request: Extract<LinkRequest, { type: "session-open" }>): void {
    const { engines, isDemonstration, clock, settings } = this.#options;
    if (this.#session !== null) throw new AppError("invalid-state", "the session is open already");
    if (request.protocol !== agentLinkProtocol) {
      const message = `protocol ${request.protocol}; this worker speaks ${agentLinkProtocol}`;
      this.#refuse(new AppError("protocol-mismatch", message));
      return;
    }
    if (engines === null) {
      const message = "The models are still loading.";
      this.#refuse(new AppError("agent-unavailable", message, { isRetryable: true }));
      return;
    }
    const { recognizer, chatModel, synthesizer } = engines;
    this.#send({
      type: "session-ready",
      protocol: agentLinkProtocol,
      engines: {
        recognizer: recognizer.name,
        chatModel: chatModel.name,
        synthesizer: synthesizer.name,
        isDemonstration,
      },
    });
    const isVoiceThere = synthesizer.voices.includes(request.agent.voice);
    const voice = isVoiceThere ? request.agent.voice : this.#options.defaultVoice;
    this.#session = new AgentSession({
      engines,
      agent: { ...request.agent, voice },
      members: request.members,
      history: request.history,
      clock,
      settings,
      signal: this.#controller.signal,
      output: {
        notice: (notice) => {
          this.#send(notice);
        },
        replyAudio: (frame) => {
          this.#sendBytes(encodeLinkFrame(frame));
        },
      },
    });
    this.#options.log.info({ members: request.members.length }, "session opened");
  }

  /** The message is dropped and the session lives on, unless it is one of a flood. */
  #offend(error: unknown): void {
    if (this.#offences.isOneTooMany()) {
      this.#refuse(new AppError("too-many-requests", "too many messages that make no sense"));
      return;
    }
    const wire = toWireError(error);
    this.#options.log.warn({ code: wire.code }, "message refused");
    this.#send({ type: "error", error: wire });
  }

  #refuse(error: AppError): void {
    this.#options.log.warn({ code: error.code }, "link refused");
    this.#send({ type: "error", error: toWireError(error) });
    this.#controller.abort();
    const code = error.isRetryable ? closeCodes.later : closeCodes.refused;
    this.#options.socket.close(code, error.code);
  }

  #send(notice: LinkNotice): void {
    this.#sendBytes(JSON.stringify(notice));
  }

  #sendBytes(data: string | Uint8Array): void {
    const { socket } = this.#options;
    if (!this.#controller.signal.aborted && socket.readyState === socket.OPEN) socket.send(data);
  }

  #expectOpen(): void {
    const cancel = this.#options.clock.schedule(openTimeoutMs, () => {
      if (this.#session === null) this.#refuse(new AppError("timeout", "no session-open"));
    });
    this.#controller.signal.addEventListener("abort", cancel);
  }
}
