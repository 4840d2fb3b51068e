import { Channel } from "@parley/shared/async/channel";
import type { AppError } from "@parley/shared/errors";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import { WebSocket } from "ws";
import { badStatus, brokenOff, unreachable } from "./remote-failure";
import { voiceAt, type RemoteMachine } from "./remote-machine";
import { readStreamNotice, type StreamNotice } from "./stream-notice";

export type StreamConnectionOptions = { url: URL; apiKey: string | null };

/** Sound or a notice. */
export type StreamMessage = { type: "sound"; bytes: Uint8Array } | StreamNotice;

/** Limit on sound not yet taken, 95 s at 22 kHz; above it the socket is paused. */
const maxWaitingBytes = 4 * 1_024 * 1_024;
/** Added to each message's bytes, so that a flood of small ones is bounded too. */
const overheadBytes = 64;
/** More than fit within `maxWaitingBytes`, and those that arrive after the pause. */
const maxMessages = (2 * maxWaitingBytes) / overheadBytes;
const maxPayload = 16 * 1_024 * 1_024;
const normalClosure = 1000;

/** One connection to a voice's WebSocket; its messages wait, in order, to be taken. */
export class StreamConnection {
  /** Resolves once connected; rejects when that fails. */
  readonly opened: Promise<void>;
  readonly #machine: RemoteMachine;
  readonly #socket: WebSocket;
  readonly #messages = new Channel<{ message: StreamMessage; bytes: number }>({
    capacity: maxMessages,
    policy: "refuse",
  });
  readonly #items = this.#messages[Symbol.asyncIterator]();
  #waitingBytes = 0;
  #failure: AppError | null = null;

  constructor({ url, apiKey }: StreamConnectionOptions) {
    this.#machine = voiceAt(url);
    this.#socket = new WebSocket(url, {
      headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
      maxPayload,
      perMessageDeflate: false,
    });
    this.opened = this.#watch();
    // It may reject when nobody awaits it any more.
    this.opened.catch(() => undefined);
  }

  get isOpen(): boolean {
    return this.#failure === null && this.#socket.readyState === WebSocket.OPEN;
  }

  /** Calls back once, when the connection has closed. */
  onClose(callback: () => void): void {
    this.#socket.once("close", callback);
  }

  send(message: object): void {
    if (this.isOpen) this.#socket.send(JSON.stringify(message));
  }

  /** The next message; one caller at a time. @throws AppError once the connection has ended */
  async next(): Promise<StreamMessage> {
    const item = await this.#items.next();
    if (item.done === true) throw this.#failure ?? brokenOff(this.#machine, "the connection ended");
    this.#waitingBytes -= item.value.bytes;
    if (this.#socket.isPaused && this.#waitingBytes < maxWaitingBytes / 2) this.#socket.resume();
    return item.value.message;
  }

  /** Asks the server to stop, and disconnects. Idempotent. */
  cancel(): void {
    this.send({ type: "cancel" });
    this.leave();
  }

  /** Closes the connection. Idempotent. */
  leave(): void {
    if (this.#failure !== null) return;
    this.#fail(brokenOff(this.#machine, "the connection was closed here"));
    // A paused socket would never read the other side's close frame; its messages are dropped.
    this.#socket.resume();
    this.#socket.close(normalClosure);
  }

  /** Ends the connection at once, without a close frame. */
  terminate(): void {
    this.#fail(brokenOff(this.#machine, "the connection was closed here"));
    this.#socket.terminate();
  }

  #watch(): Promise<void> {
    const socket = this.#socket;
    return new Promise((resolve, reject) => {
      const fail = (error: AppError) => {
        this.#fail(error);
        reject(error);
      };
      socket.once("open", resolve);
      socket.on("message", (data, isBinary) => {
        this.#receive(messageBytes(data), isBinary);
      });
      socket.once("unexpected-response", (_request, response) => {
        fail(badStatus(this.#machine, response.statusCode ?? 0));
        socket.terminate();
      });
      socket.on("error", (error) => {
        fail(unreachable(this.#machine, error));
      });
      socket.on("close", (code) => {
        fail(brokenOff(this.#machine, `it closed the connection with ${code}`));
      });
    });
  }

  #receive(bytes: Uint8Array, isBinary: boolean): void {
    if (this.#failure !== null) return;
    const message: StreamMessage | null = isBinary
      ? { type: "sound", bytes }
      : readStreamNotice(new TextDecoder().decode(bytes));
    if (message === null) return;
    const item = { message, bytes: bytes.length + overheadBytes };
    this.#waitingBytes += item.bytes;
    if (!this.#messages.push(item)) this.terminate();
    else if (this.#waitingBytes > maxWaitingBytes) this.#socket.pause();
  }

  /** Keeps the first failure; `next` throws it after the messages before it. */
  #fail(error: AppError): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    this.#messages.end(error);
  }
}
