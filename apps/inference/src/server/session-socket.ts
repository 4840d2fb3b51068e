import type { Clock } from "@parley/shared/async/clock";
import { AppError, toWireError } from "@parley/shared/errors";
import {
  agentLinkProtocol,
  isNeighbouringProtocol,
  maxLinkMessageBytes,
  type LinkNotice,
  type LinkRequest,
} from "@parley/shared/protocol/agent-link";
import type { MemberId, RoomId } from "@parley/shared/protocol/ids";
import { encodeLinkFrame } from "@parley/shared/protocol/link-frame";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import type { RawData, WebSocket } from "ws";
import type { SessionObserver } from "../contracts/session-observer";
import { AgentSession } from "../session/agent-session";
import type { SessionEngines } from "../session/engines";
import type { SessionSettings } from "../session/settings";
import type { TimersByRoom } from "../session/tools/timers-by-room";
import { closeCodes } from "./close-codes";
import { MicrophoneFrameReader } from "./microphone-frame-reader";
import { OffenceCounter } from "./offence-counter";
import { readLinkRequest } from "./read-link-request";
import { modelsLoadingError } from "./require-loaded";
import { sendWithinBounds } from "./send-within-bounds";
import { retryAfterMs, type AdmittedSession, type SessionAdmission } from "./session-admission";
import { watchLiveness } from "./watch-liveness";

export type SessionSocketOptions = {
  socket: WebSocket;
  /** Null while the models load. */
  engines: SessionEngines | null;
  isDemonstration: boolean;
  admission: SessionAdmission;
  /** Null: nobody counts or traces the session. */
  observer: SessionObserver | null;
  /** Voice of rooms that name none, or one that the synthesiser lacks. */
  defaultVoice: string;
  clock: Clock;
  settings: SessionSettings;
  timers: TimersByRoom;
  log: ServerLog;
  /** Aborting it closes the link at the next quiet moment: the room goes to another worker. */
  draining: AbortSignal;
  /** Aborting it closes the link. */
  signal: AbortSignal;
};

/** Log of the server. Messages are static; speech and names never enter. */
export type ServerLog = {
  info: (details: object, message: string) => void;
  warn: (details: object, message: string) => void;
};

/** Invalid messages that are tolerated within ten seconds. */
const offenceLimit = { limit: 20, periodMs: 10_000 };
/** Limit for `session-open`; a peer that sends none by then is not a media-server. */
const openTimeoutMs = 3_000;
const livenessIntervalMs = 10_000;

/** Connects one agent link to one session; either end closes the other. */
export class SessionSocket {
  readonly #options: SessionSocketOptions;
  readonly #frames = new MicrophoneFrameReader();
  readonly #offences: OffenceCounter;
  readonly #controller = new AbortController();
  /** For logs; null before `session-open`. */
  #roomId: RoomId | null = null;
  #session: AgentSession | null = null;
  #people = new Set<MemberId>();
  #admitted: AdmittedSession | null = null;
  /** The agent neither thinks nor speaks. */
  #isQuiet = true;

  constructor(options: SessionSocketOptions) {
    this.#options = options;
    const { socket, clock, signal } = options;
    this.#offences = new OffenceCounter({ clock, ...offenceLimit });
    socket.on("message", (data, isBinary) => {
      this.#receive(data, isBinary);
    });
    socket.on("close", () => {
      const speculation = this.#session?.speculation;
      if (speculation !== undefined) this.#log("info", { speculation }, "session closed");
      this.#admitted?.release();
      options.observer?.closed();
      this.#controller.abort();
    });
    // `ws` closes the socket itself after an error; without a listener it would end the process.
    socket.on("error", () => {
      this.#log("warn", {}, "link failed");
    });
    const onShutdown = () => {
      socket.close(closeCodes.tryAgainLater, "shutting down");
    };
    signal.addEventListener("abort", onShutdown, { signal: this.#controller.signal });
    const { draining } = options;
    const onDraining = () => {
      this.#leaveWhenQuiet();
    };
    draining.addEventListener("abort", onDraining, { signal: this.#controller.signal });
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
        const request = readLinkRequest(new TextDecoder().decode(bytes));
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
    this.#options.observer?.requested(request);
    if (request.type === "member-left") {
      this.#frames.forget(request.memberId);
      this.#people.delete(request.memberId);
    } else if (request.type === "member-joined") this.#people.add(request.memberId);
    this.#admitted?.setPeople(this.#people.size);
    this.#session.accept(request);
  }

  #open(request: Extract<LinkRequest, { type: "session-open" }>): void {
    this.#roomId = request.roomId;
    const { engines, isDemonstration, clock, settings } = this.#options;
    if (this.#session !== null) throw new AppError("invalid-state", "the session is open already");
    if (!isNeighbouringProtocol(request.protocol)) {
      const message = `protocol ${request.protocol}; this worker speaks ${agentLinkProtocol}`;
      this.#refuse(new AppError("protocol-mismatch", message));
      return;
    }
    if (engines === null) {
      this.#refuse(modelsLoadingError());
      return;
    }
    this.#people = new Set(request.members.map(({ memberId }) => memberId));
    try {
      this.#admitted = this.#options.admission.admit(this.#people.size);
    } catch (error) {
      if (!(error instanceof AppError)) throw error;
      this.#refuse(error, retryAfterMs);
      return;
    }
    const { recognizer, chatModel, synthesizer } = engines;
    this.#options.observer?.requested(request);
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
      timers: this.#options.timers.of(request.roomId),
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
        languageMissing: (missing) => {
          this.#log("warn", missing, "the agent's language is not there");
        },
      },
    });
    this.#log("info", { members: request.members.length }, "session opened");
  }

  /** Drops an invalid message; a flood of them closes the link. */
  #offend(error: unknown): void {
    if (this.#offences.isOneTooMany()) {
      this.#refuse(new AppError("too-many-requests", "too many invalid messages"));
      return;
    }
    const wire = toWireError(error);
    this.#log("warn", { code: wire.code }, "message refused");
    this.#send({ type: "error", error: wire });
  }

  /** @param retryAfter hint in ms, for a media-server that has another worker to try meanwhile */
  #refuse(error: AppError, retryAfter?: number): void {
    this.#log("warn", { code: error.code }, "link refused");
    const hint = retryAfter === undefined ? {} : { retryAfterMs: retryAfter };
    this.#send({ type: "error", error: toWireError(error), ...hint });
    this.#controller.abort();
    const code = error.isRetryable ? closeCodes.tryAgainLater : closeCodes.policyViolation;
    this.#options.socket.close(code, error.code);
  }

  #log(level: keyof ServerLog, fields: object, message: string): void {
    const room = this.#roomId === null ? {} : { roomId: this.#roomId };
    this.#options.log[level]({ ...room, ...fields }, message);
  }

  /** A reply is played to its end; what somebody is saying is heard again by the next worker. */
  #leaveWhenQuiet(): void {
    const { draining, socket } = this.#options;
    if (draining.aborted && this.#isQuiet) socket.close(closeCodes.tryAgainLater, "draining");
  }

  #send(notice: LinkNotice): void {
    const { observer } = this.#options;
    this.#sendBytes(JSON.stringify(observer === null ? notice : observer.noticed(notice)));
    if (notice.type !== "agent-state") return;
    this.#isQuiet = notice.state === "listening";
    this.#leaveWhenQuiet();
  }

  #sendBytes(data: string | Uint8Array): void {
    if (this.#controller.signal.aborted || sendWithinBounds(this.#options.socket, data)) return;
    this.#log("warn", { code: "too-many-requests" }, "media-server does not read its link");
    this.#controller.abort();
  }

  #expectOpen(): void {
    const cancel = this.#options.clock.schedule(openTimeoutMs, () => {
      if (this.#session === null) this.#refuse(new AppError("timeout", "no session-open"));
    });
    this.#controller.signal.addEventListener("abort", cancel);
  }
}
