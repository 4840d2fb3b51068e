import { Channel } from "@parley/shared/async/channel";
import type { AppError } from "@parley/shared/errors";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import { WebSocket } from "ws";
import { badStatus, brokenOff, unreachable } from "./remote-failure";
import { readStreamNotice, type StreamNotice } from "./stream-notices";

export type StreamConnectionOptions = { url: URL; apiKey: string | null };

/** Sound, or a notice of what goes on. */
export type Heard = { type: "sound"; bytes: Uint8Array } | StreamNotice;

/** Sound that waits to be taken, 95 s of it at 22 kHz; beyond, the server is not read. */
const maxWaitingBytes = 4 * 1_024 * 1_024;
/** Counted for each message besides its own bytes, so that a flood of small ones is bounded too. */
const overheadBytes = 64;
/** More than fits below the bound above, with what still comes after reading was paused. */
const maxMessages = (2 * maxWaitingBytes) / overheadBytes;
const maxPayload = 16 * 1_024 * 1_024;
const normalClosure = 1000;

/** One connection to a voice's WebSocket: what is heard on it waits, in order, to be taken. */
export class StreamConnection {
  /** Rejects when there is no connection to be had. */
  readonly opened: Promise<void>;
  readonly #host: string;
  readonly #socket: WebSocket;
  readonly #heard = new Channel<{ heard: Heard; bytes: number }>({
    capacity: maxMessages,
    policy: "refuse",
  });
  readonly #items = this.#heard[Symbol.asyncIterator]();
  #waitingBytes = 0;
  #failure: AppError | null = null;

  constructor({ url, apiKey }: StreamConnectionOptions) {
    this.#host = url.host;
    this.#socket = new WebSocket(url, {
      headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
      maxPayload,
      perMessageDeflate: false,
    });
    this.opened = this.#watch();
    // Nobody may be waiting for it any more.
    this.opened.catch(() => undefined);
  }

  get isOpen(): boolean {
    return this.#failure === null && this.#socket.readyState === WebSocket.OPEN;
  }

  /** Called back once it is over, for whatever reason. */
  onClose(callback: () => void): void {
    this.#socket.once("close", callback);
  }

  send(message: object): void {
    if (this.isOpen) this.#socket.send(JSON.stringify(message));
  }

  /** What was heard next; one caller at a time. @throws AppError when nothing more can come */
  async next(): Promise<Heard> {
    const item = await this.#items.next();
    if (item.done === true) throw this.#failure ?? brokenOff(this.#host, "nothing more comes");
    this.#waitingBytes -= item.value.bytes;
    if (this.#socket.isPaused && this.#waitingBytes < maxWaitingBytes / 2) this.#socket.resume();
    return item.value.heard;
  }

  /** Tells the server to be silent, and leaves. Idempotent. */
  cancel(): void {
    this.send({ type: "cancel" });
    this.leave();
  }

  /** Idempotent. */
  leave(): void {
    if (this.#failure !== null) return;
    this.#fail(brokenOff(this.#host, "it was left"));
    // What still comes is thrown away; a paused socket would never hear the other side's good-bye.
    this.#socket.resume();
    this.#socket.close(normalClosure);
  }

  /** At once, without a good-bye. */
  terminate(): void {
    this.#fail(brokenOff(this.#host, "it was left"));
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
        fail(badStatus(this.#host, response.statusCode ?? 0));
        socket.terminate();
      });
      socket.on("error", (error) => {
        fail(unreachable(this.#host, error));
      });
      socket.on("close", (code) => {
        fail(brokenOff(this.#host, `it closed the connection with ${code}`));
      });
    });
  }

  #receive(bytes: Uint8Array, isBinary: boolean): void {
    if (this.#failure !== null) return;
    const heard: Heard | null = isBinary
      ? { type: "sound", bytes }
      : readStreamNotice(new TextDecoder().decode(bytes));
    if (heard === null) return;
    const item = { heard, bytes: bytes.length + overheadBytes };
    this.#waitingBytes += item.bytes;
    if (!this.#heard.push(item)) this.terminate();
    else if (this.#waitingBytes > maxWaitingBytes) this.#socket.pause();
  }

  /** The first failure is the one that is told, after what was heard before it. */
  #fail(error: AppError): void {
    if (this.#failure !== null) return;
    this.#failure = error;
    this.#heard.end(error);
  }
}
