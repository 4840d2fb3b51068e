import { AppError } from "@parley/shared/errors";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import type { RawData, WebSocket } from "ws";
import type {
  PartialRecognition,
  Recognition,
  RecognizerStream,
} from "@parley/speech/contracts/recognizer";
import { readSocketNotice } from "./socket-messages";

type PendingReply = { resolve: (text: string) => void; reject: (error: Error) => void };

/**
 * A stream over one connection. The protocol does not acknowledge sound, so a soft reset follows
 * each write: it is answered in order with the words so far and changes nothing, which slows the
 * writer to the engine's pace.
 */
export class SocketStream implements RecognizerStream {
  /** Resolves at the server's `ready`; rejects when the connection ends before. */
  readonly ready: Promise<void>;
  readonly #socket: WebSocket;
  readonly #pending: PendingReply[] = [];
  #settleReady: { resolve: () => void; reject: (error: Error) => void } | null = null;
  #failure: AppError | null = null;
  #behindMs = 0;

  constructor(socket: WebSocket) {
    this.#socket = socket;
    this.ready = new Promise((resolve, reject) => {
      this.#settleReady = { resolve, reject };
    });
    // No caller may be waiting for it when it rejects.
    this.ready.catch(() => undefined);
    socket.on("message", (data) => {
      this.#receive(data);
    });
    socket.on("error", (error) => {
      this.#fail(new AppError("agent-unavailable", error.message, { cause: error }));
    });
    socket.on("close", (code, reason) => {
      const why = reason.toString() === "" ? String(code) : `${reason.toString()} (${code})`;
      this.#fail(new AppError("agent-unavailable", `the engine closed the connection: ${why}`));
    });
  }

  async write(samples: Int16Array): Promise<PartialRecognition> {
    // The protocol is little-endian, as are all machines that Node runs on.
    const { buffer, byteOffset, byteLength } = samples;
    const text = await this.#ask(false, new Uint8Array(buffer, byteOffset, byteLength));
    return { text, endings: [], behindMs: this.#behindMs };
  }

  async peekFinal(): Promise<Recognition> {
    return { text: await this.#ask(false), tokens: [], words: [] };
  }

  async finish(): Promise<Recognition> {
    return { text: await this.#ask(true), tokens: [], words: [] };
  }

  async reset(): Promise<void> {
    await this.#ask(true);
  }

  setPhrases(): Promise<void> {
    const message = "the protocol does not support phrases";
    return Promise.reject(new AppError("invalid-request", message));
  }

  close(): void {
    this.#fail(new AppError("invalid-state", "The recogniser's stream is closed."));
    this.#socket.terminate();
  }

  #ask(finalize: boolean, sound?: Uint8Array): Promise<string> {
    if (this.#failure !== null) return Promise.reject(this.#failure);
    return new Promise((resolve, reject) => {
      this.#pending.push({ resolve, reject });
      if (sound !== undefined) this.#socket.send(sound);
      this.#socket.send(JSON.stringify({ type: "reset", finalize }));
    });
  }

  #receive(data: RawData): void {
    const notice = readSocketNotice(new TextDecoder().decode(messageBytes(data)));
    if (notice?.type === "ready") this.#settleReady?.resolve();
    else if (notice?.type === "error")
      this.#fail(new AppError("agent-unavailable", notice.message));
    else if (notice?.type === "transcript") {
      this.#behindMs = notice.behind_ms ?? 0;
      if (notice.is_final) this.#pending.shift()?.resolve(notice.text);
    }
  }

  /** Rejects everything pending; later failures do not replace the first. */
  #fail(error: AppError): void {
    this.#failure ??= error;
    this.#settleReady?.reject(this.#failure);
    for (const { reject } of this.#pending.splice(0)) reject(this.#failure);
  }
}
