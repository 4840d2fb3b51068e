import { once } from "node:events";
import type { Clock } from "@parley/shared/async/clock";
import { AppError } from "@parley/shared/errors";
import { WebSocket } from "ws";
import type { Recognizer, RecognizerStream } from "@parley/speech/contracts/recognizer";
import { failureMessage } from "../failures";
import { SocketStream } from "./socket-stream";

export type SocketRecognizerOptions = {
  /** Server of the voice bot's recognition protocol: ws://host:8080/ */
  url: URL;
  clock: Clock;
  /** Aborting it ends pending `open` calls; open streams go on. */
  signal: AbortSignal;
};

/** Wait for `ready`, after which the stream is used without it, as in the reference client. */
const readyWithinMs = 5_000;
const connectWithinMs = 10_000;

/** Client of the voice bot's WebSocket protocol, with one connection per stream. */
export class SocketRecognizer implements Recognizer {
  readonly name: string;
  readonly remarks: readonly string[] = [];
  readonly #options: SocketRecognizerOptions;
  readonly #streams = new Set<SocketStream>();

  constructor(options: SocketRecognizerOptions) {
    this.#options = options;
    this.name = options.url.href;
  }

  async open(): Promise<RecognizerStream> {
    const { url, clock, signal } = this.#options;
    signal.throwIfAborted();
    const socket = new WebSocket(url, { handshakeTimeout: connectWithinMs });
    const stream = new SocketStream(socket);
    this.#streams.add(stream);
    const waited = new AbortController();
    const stop = () => {
      stream.close();
    };
    signal.addEventListener("abort", stop, { signal: waited.signal });
    try {
      await once(socket, "open");
      const late = clock.delay(readyWithinMs, waited.signal).catch(() => undefined);
      await Promise.race([stream.ready, late]);
    } catch (cause) {
      signal.throwIfAborted();
      const message = `${url.href}: ${failureMessage(cause)}`;
      throw new AppError("agent-unavailable", message, { cause });
    } finally {
      waited.abort();
    }
    return stream;
  }

  close(): Promise<void> {
    for (const stream of this.#streams) stream.close();
    this.#streams.clear();
    return Promise.resolve();
  }
}
