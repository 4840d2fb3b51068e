import { speechRate, speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import { Channel } from "@parley/shared/async/channel";
import type { Clock } from "@parley/shared/async/clock";
import { AppError, toWireError } from "@parley/shared/errors";
import { messageBytes } from "@parley/shared/protocol/message-bytes";
import type { WebSocket } from "ws";
import { SampleJoiner } from "@parley/audio/sample-joiner";
import type {
  Recognition,
  Recognizer,
  RecognizerStream,
} from "@parley/speech/contracts/recognizer";
import { closeCodes } from "../close-codes";
import { sendWithinBounds } from "../send-within-bounds";
import type { ServerLog } from "../session-socket";
import { watchLiveness } from "../watch-liveness";
import type { WaitingAccount, WaitingMessages } from "./waiting-messages";
import {
  closeCodeFor,
  extensions,
  errorNotice,
  readRecognizerRequest,
  type RecognizerNotice,
  type RecognizerRequest,
} from "./recognizer-messages";

export type RecognizerSocketOptions = {
  socket: WebSocket;
  recognizer: Recognizer;
  /** Whether the client asked for what goes beyond the reference server's protocol. */
  isExtended: boolean;
  waiting: WaitingMessages;
  clock: Clock;
  log: ServerLog;
  /** Aborting it closes the connection. */
  signal: AbortSignal;
};

/** Longest message in bytes; the reference server's limit. */
export const maxMessageBytes = 10 * 1024 * 1024;
const bytesPerMs = 2 * speechSamplesPerMs;
/** Smaller lags are not reported: streaming models look ahead as far. */
const maxUnreportedLagMs = 1_000;
/** Long messages are recognised a second at a time, so that other streams are served between. */
const stepSamples = speechRate;
const livenessIntervalMs = 20_000;

type ResetRequest = Exclude<RecognizerRequest, { type: "phrases" }>;
type Input = RecognizerRequest | { type: "audio"; bytes: Uint8Array };

/** One client of the recogniser: sound in, words out, messages processed in order. */
export class RecognizerSocket {
  readonly #options: RecognizerSocketOptions;
  readonly #controller = new AbortController();
  /** Bounded by not reading the socket: what came is never dropped. */
  readonly #inputs = new Channel<Input>({ capacity: Infinity, policy: "refuse" });
  readonly #account: WaitingAccount;
  readonly #joiner = new SampleJoiner();
  #waitingBytes = 0;
  /** Text of this utterance that the client was sent last. */
  #text = "";

  constructor(options: RecognizerSocketOptions) {
    this.#options = options;
    const { socket, waiting, clock, signal } = options;
    this.#account = waiting.open();
    socket.on("message", (data, isBinary) => {
      this.#receive(messageBytes(data), isBinary);
    });
    socket.on("close", () => {
      this.#stop();
    });
    // `ws` closes the socket itself after an error; without a listener it would end the process.
    socket.on("error", () => {
      options.log.warn({}, "recogniser connection failed");
    });
    const onShutdown = () => {
      this.#stop();
      socket.close(closeCodes.tryAgainLater, "shutting down");
    };
    signal.addEventListener("abort", onShutdown, { signal: this.#controller.signal });
    watchLiveness({
      socket,
      clock,
      intervalMs: livenessIntervalMs,
      signal: this.#controller.signal,
    });
    this.#run().catch((error: unknown) => {
      this.#fail(error);
    });
  }

  #receive(bytes: Uint8Array, isBinary: boolean): void {
    if (this.#controller.signal.aborted) return;
    if (bytes.length > maxMessageBytes) {
      const message = `message of ${bytes.length} bytes; at most ${maxMessageBytes} are taken`;
      this.#fail(new AppError("frame-too-large", message));
      return;
    }
    const input = isBinary
      ? ({ type: "audio", bytes } as const)
      : readRecognizerRequest(new TextDecoder().decode(bytes));
    if (input === null) return;
    if (input.type === "audio") this.#waitingBytes += bytes.length;
    this.#account.add(soundBytesOf(input));
    this.#inputs.push(input);
    this.#paceReading();
  }

  /** Backpressure: TCP holds the client back while too much waits, so that nothing is lost. */
  #paceReading(): void {
    const { socket } = this.#options;
    if (this.#account.isFull) socket.pause();
    else if (socket.isPaused) socket.resume();
  }

  async #run(): Promise<void> {
    const stream = await this.#options.recognizer.open();
    const { signal } = this.#controller;
    const free = () => {
      stream.close();
    };
    signal.addEventListener("abort", free, { once: true });
    if (signal.aborted) {
      free();
      return;
    }
    this.#send(this.#greeting());
    // After an abort the stream rejects the writes that still wait, which ends the loop.
    for await (const input of this.#inputs) {
      if (input.type === "audio") await this.#hear(stream, input.bytes);
      else if (input.type === "phrases") await this.#prefer(stream, input.phrases);
      else await this.#reset(stream, input);
      this.#account.remove(soundBytesOf(input));
      this.#paceReading();
    }
  }

  #greeting(): RecognizerNotice {
    const { recognizer, isExtended } = this.#options;
    if (!isExtended) return { type: "ready" };
    const { name: engine, doubtfulBelow } = recognizer;
    const doubt = doubtfulBelow === undefined ? {} : { doubtful_below: doubtfulBelow };
    return { type: "ready", features: extensions, engine, ...doubt };
  }

  async #prefer(stream: RecognizerStream, phrases: readonly string[]): Promise<void> {
    if (this.#options.isExtended) await stream.setPhrases(phrases);
  }

  async #hear(stream: RecognizerStream, bytes: Uint8Array): Promise<void> {
    const samples = this.#joiner.push(bytes);
    let halves = bytes.length;
    for (let at = 0; at < samples.length; at += stepSamples) {
      const step = samples.subarray(at, at + stepSamples);
      const { text, behindMs } = await stream.write(step);
      this.#waitingBytes -= step.byteLength;
      halves -= step.byteLength;
      if (text === this.#text) continue;
      this.#text = text;
      const lagMs = Math.round(behindMs + this.#waitingBytes / bytesPerMs);
      const lag = lagMs > maxUnreportedLagMs ? { behind_ms: lagMs } : {};
      this.#send({ type: "transcript", text, is_final: false, ...lag });
    }
    // An odd byte: half a sample, carried over to or from the next message.
    this.#waitingBytes -= halves;
  }

  /**
   * A soft reset (without `finalize`) repeats the words so far and keeps the stream's state; with
   * `settle` it settles a copy of it.
   */
  async #reset(stream: RecognizerStream, { finalize, settle }: ResetRequest): Promise<void> {
    const withTimes = settle && this.#options.isExtended;
    let settled: Recognition = { text: this.#text, tokens: [], words: [] };
    if (finalize) {
      settled = await stream.finish();
      this.#text = "";
      this.#joiner.reset();
    } else if (withTimes) settled = await stream.peekFinal();
    const { text, ...times } = settled;
    this.#send({
      type: "transcript",
      text,
      is_final: true,
      finalize,
      ...(withTimes ? times : {}),
    });
  }

  #fail(error: unknown): void {
    if (this.#controller.signal.aborted) return;
    const { code } = toWireError(error);
    this.#options.log.warn({ code }, "recogniser connection refused");
    this.#send(errorNotice(error));
    this.#stop();
    this.#options.socket.close(closeCodeFor(error), code);
  }

  #stop(): void {
    this.#controller.abort();
    this.#inputs.end();
    this.#account.close();
    // The answer to a closing handshake must be read.
    this.#options.socket.resume();
  }

  #send(notice: RecognizerNotice): void {
    const { socket, log } = this.#options;
    if (this.#controller.signal.aborted || sendWithinBounds(socket, JSON.stringify(notice))) return;
    log.warn({ code: "too-many-requests" }, "recognition client does not read its messages");
    this.#stop();
  }
}

function soundBytesOf(input: Input): number {
  return input.type === "audio" ? input.bytes.length : 0;
}
