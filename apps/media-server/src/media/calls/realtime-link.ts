import { AppError, errorCodeSchema } from "@parley/shared/errors";
import type { Clock } from "@parley/shared/async/clock";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import { WebSocket } from "ws";
import type { CallSession } from "../../contracts/call";
import { startLinkHeartbeat } from "../link-heartbeat";
import { callSettings } from "./call-settings";
import { errorEventSchema, readRealtimeMessage, type RealtimeMessage } from "./realtime-message";

/** Limit on one event of inference: sound comes in pieces, settings are the longest. */
const maxMessageBytes = 16_000_000;
/** Limit on unsent bytes, five seconds of sound: beyond it inference has stopped reading. */
const maxUnsentBytes = 320_000;
/** Patience with a worker that does not answer. */
const connectMs = 3_000;
const heartbeatMs = 5_000;

export type RealtimeLinkOptions = {
  /** WebSocket base of the worker. */
  url: string;
  session: CallSession;
  /** The key that both servers share; null where none is needed. */
  inferenceKey: string | null;
  clock: Clock;
  /** Aborting it gives up connecting. */
  signal: AbortSignal;
};

export type RealtimeLinkHandlers = {
  onMessage(message: RealtimeMessage): void;
  /** The session is over. */
  onLost(): void;
};

type Expectation = {
  type: string;
  resolve: (message: RealtimeMessage) => void;
  reject: (error: AppError) => void;
};

/** A session of the Realtime API at a worker, over a WebSocket. */
export class RealtimeLink {
  readonly #socket: WebSocket;
  #endHeartbeat: () => void = () => undefined;
  #expectation: Expectation | null = null;
  #handlers: RealtimeLinkHandlers | null = null;
  /** What came before somebody listens. */
  readonly #early: RealtimeMessage[] = [];
  #failure = unavailable();

  private constructor(socket: WebSocket, clock: Clock) {
    this.#socket = socket;
    socket.on("open", () => {
      this.#endHeartbeat = startLinkHeartbeat({
        socket,
        clock,
        intervalMs: heartbeatMs,
        isConfirmed: () => true,
      });
    });
    socket.on("message", (data) => {
      const message = readRealtimeMessage(new TextDecoder().decode(messageBytes(data)));
      if (message !== null) this.#receive(message);
    });
    socket.on("unexpected-response", (_request, { statusCode }) => {
      if (statusCode === 401) this.#failure = unknownKey();
      socket.terminate();
    });
    // `close` follows.
    socket.on("error", () => undefined);
    socket.on("close", () => {
      this.#endHeartbeat();
      this.#expectation?.reject(this.#failure);
      this.#handlers?.onLost();
    });
  }

  /**
   * Opens a session with its settings, which its first event shows.
   *
   * @throws AppError with inference's code where it refuses, `operator-only` for an ephemeral key that
   *   the worker does not know, `agent-unavailable` when it does not answer
   */
  static async open(options: RealtimeLinkOptions): Promise<RealtimeLink> {
    const { session, clock, signal } = options;
    const socket = connect(options);
    const link = new RealtimeLink(socket, clock);
    const giveUp = () => {
      socket.terminate();
    };
    signal.addEventListener("abort", giveUp);
    if (signal.aborted) giveUp();
    try {
      const { fields } = await link.#next("session.created");
      const settings = callSettings(session.settings ?? fields.session);
      link.send({ type: "session.update", session: changeable(settings) });
      const updated = await link.#next("session.updated");
      const created = { ...updated.fields, type: "session.created" };
      const text = JSON.stringify(created);
      link.#early.unshift({ type: "session.created", fields: created, text });
      return link;
    } catch (error) {
      socket.terminate();
      throw error;
    } finally {
      signal.removeEventListener("abort", giveUp);
    }
  }

  /** Hands on all that came since the session began, and will come. */
  listen(handlers: RealtimeLinkHandlers): void {
    this.#handlers = handlers;
    for (const message of this.#early.splice(0)) handlers.onMessage(message);
    if (this.#socket.readyState !== WebSocket.OPEN) handlers.onLost();
  }

  /** False when inference has stopped reading. */
  get isWritable(): boolean {
    const { readyState, bufferedAmount } = this.#socket;
    return readyState === WebSocket.OPEN && bufferedAmount < maxUnsentBytes;
  }

  /** @param event a text is sent as it is */
  send(event: object | string): void {
    if (this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(typeof event === "string" ? event : JSON.stringify(event));
  }

  /** Ends the session, and tells nothing more. Idempotent. */
  close(): void {
    this.#handlers = null;
    this.#endHeartbeat();
    this.#socket.close(1000);
  }

  #next(type: string): Promise<RealtimeMessage> {
    return new Promise((resolve, reject) => {
      this.#expectation = { type, resolve, reject };
    });
  }

  #receive(message: RealtimeMessage): void {
    const expected = this.#expectation;
    if (expected === null) {
      if (this.#handlers === null) this.#early.push(message);
      else this.#handlers.onMessage(message);
      return;
    }
    if (message.type === "error") {
      this.#failure = refusalOf(message);
      expected.reject(this.#failure);
    }
    if (message.type !== expected.type) return;
    this.#expectation = null;
    expected.resolve(message);
  }
}

function connect({ url, session, inferenceKey }: RealtimeLinkOptions): WebSocket {
  const address = new URL(`${url.replace(/\/$/u, "")}/v1/realtime`);
  address.searchParams.set("model", session.model);
  if (session.settings?.type === "transcription") {
    address.searchParams.set("intent", "transcription");
  }
  const key = session.secret ?? inferenceKey;
  return new WebSocket(address, {
    ...(key === null ? {} : { headers: { authorization: `Bearer ${key}` } }),
    maxPayload: maxMessageBytes,
    handshakeTimeout: connectMs,
    perMessageDeflate: false,
  });
}

/** The session shows its id, which nobody can set. */
function changeable(settings: unknown): unknown {
  if (typeof settings !== "object" || settings === null) return settings;
  return Object.fromEntries(Object.entries(settings).filter(([name]) => !shownOnly.has(name)));
}
const shownOnly = new Set(["id", "object"]);

function refusalOf(message: RealtimeMessage): AppError {
  const parsed = errorEventSchema.safeParse(message.fields);
  if (!parsed.success) return unavailable();
  const { type, code, message: text } = parsed.data.error;
  const known = errorCodeSchema.safeParse(code?.replaceAll("_", "-"));
  if (type !== "server_error") {
    return new AppError(known.success ? known.data : "invalid-request", text);
  }
  const isRetryable = true;
  return new AppError(known.success ? known.data : "agent-unavailable", text, { isRetryable });
}

function unknownKey(): AppError {
  return new AppError("operator-only", "The ephemeral key is unknown, or has expired.");
}

function unavailable(): AppError {
  const message = "The inference server does not answer.";
  return new AppError("agent-unavailable", message, { isRetryable: true });
}
