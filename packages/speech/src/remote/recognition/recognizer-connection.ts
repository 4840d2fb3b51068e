import type { Clock } from "@parley/shared/async/clock";
import type { AppError } from "@parley/shared/errors";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import { WebSocket } from "ws";
import { badNotice, badStatus, brokenOff, tooSilent, unreachable } from "../remote-failure";
import { recognizerAt, type RemoteMachine } from "../remote-machine";
import { readRecognizerNotice, type ReadyNotice, type TranscriptNotice } from "./recognizer-notice";

export type RecognizerConnectionOptions = {
  url: URL;
  apiKey: string | null;
  clock: Clock;
  onTranscript: (notice: TranscriptNotice) => void;
  /** Called once, with the reason, when nothing more will come. */
  onFailed: (failure: AppError) => void;
};

/** Asks a server for what it can do beyond the voice bot's protocol; that server ignores it. */
export const extensionsHeader = "x-parley-extensions";
/** The voice bot's own client waits as long for `ready`, and then begins without it. */
const readyLimitMs = 5_000;
const handshakeLimitMs = 5_000;
/** A dead peer is noticed after at most twice this, where TCP alone takes minutes. */
const heartbeatMs = 5_000;
const maxPayload = 4 * 1_024 * 1_024;
const normalClosure = 1000;
const plainServer: ReadyNotice = { type: "ready", features: [], engine: undefined };

/** One connection to a recogniser's WebSocket. */
export class RecognizerConnection {
  /** What the server said of itself; rejects when the connection cannot be made. */
  readonly ready: Promise<ReadyNotice>;
  readonly #options: RecognizerConnectionOptions;
  readonly #machine: RemoteMachine;
  readonly #socket: WebSocket;
  #failure: AppError | null = null;
  #cancelTimer: () => void = () => undefined;

  constructor(options: RecognizerConnectionOptions) {
    const { url, apiKey } = options;
    this.#options = options;
    this.#machine = recognizerAt(url);
    this.#socket = new WebSocket(url, {
      headers: {
        [extensionsHeader]: "1",
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      handshakeTimeout: handshakeLimitMs,
      maxPayload,
      perMessageDeflate: false,
    });
    this.ready = this.#watch();
    // It may reject when nobody awaits it any more.
    this.ready.catch(() => undefined);
  }

  /** Why nothing more will come; null while the connection works. */
  get failure(): AppError | null {
    return this.#failure;
  }

  send(message: object | Uint8Array): void {
    if (this.#failure !== null || this.#socket.readyState !== WebSocket.OPEN) return;
    this.#socket.send(message instanceof Uint8Array ? message : JSON.stringify(message));
  }

  /** Ends the connection. Idempotent. */
  leave(): void {
    this.#fail(brokenOff(this.#machine, "the connection was closed here"));
    if (this.#socket.readyState === WebSocket.CONNECTING) this.#socket.terminate();
    else this.#socket.close(normalClosure);
  }

  /** Gives up a server that does not answer. */
  giveUp(failure: AppError): void {
    this.#fail(failure);
    this.#socket.terminate();
  }

  #watch(): Promise<ReadyNotice> {
    const socket = this.#socket;
    const machine = this.#machine;
    return new Promise((resolve, reject) => {
      const fail = (failure: AppError) => {
        reject(this.#fail(failure));
      };
      socket.once("open", () => {
        this.#cancelTimer = this.#options.clock.schedule(readyLimitMs, () => {
          resolve(plainServer);
        });
        this.#startHeartbeat();
      });
      socket.on("message", (data, isBinary) => {
        const notice = isBinary
          ? null
          : readRecognizerNotice(new TextDecoder().decode(messageBytes(data)));
        if (this.#failure !== null || notice === null) return;
        if (notice.type === "error") fail(badNotice(machine, notice));
        else if (notice.type === "transcript") this.#options.onTranscript(notice);
        else {
          this.#cancelTimer();
          resolve(notice);
        }
      });
      socket.once("unexpected-response", (_request, response) => {
        fail(badStatus(machine, response.statusCode ?? 0));
        socket.terminate();
      });
      socket.on("error", (error) => {
        fail(unreachable(machine, error));
      });
      socket.on("close", (code) => {
        fail(brokenOff(machine, `it closed the connection with ${code}`));
      });
    });
  }

  #startHeartbeat(): void {
    const socket = this.#socket;
    let isAlive = true;
    const beat = () => {
      if (!isAlive) {
        this.giveUp(tooSilent(this.#machine, heartbeatMs));
        return;
      }
      isAlive = false;
      socket.ping();
      cancel = this.#options.clock.schedule(heartbeatMs, beat);
    };
    let cancel = this.#options.clock.schedule(heartbeatMs, beat);
    socket.on("pong", () => {
      isAlive = true;
    });
    socket.once("close", () => {
      cancel();
    });
  }

  /** Keeps and returns the first failure. */
  #fail(failure: AppError): AppError {
    if (this.#failure !== null) return this.#failure;
    this.#failure = failure;
    this.#cancelTimer();
    this.#options.onFailed(failure);
    return failure;
  }
}
