import type { RecognizerStreamOptions } from "../../contracts/recognizer";
import type { HostedStream } from "../../recognition/recognizer-host";
import type { EarDescription, RemoteEar } from "./remote-ear";
import type { RemoteRecognizerSettings } from "./remote-recognizer-settings";
import { SocketStream } from "./socket-stream";

/** The voice bot's WebSocket: one connection for each speaker. */
export class SocketEar implements RemoteEar {
  readonly #settings: RemoteRecognizerSettings;

  constructor(settings: RemoteRecognizerSettings) {
    this.#settings = settings;
  }

  async describe(signal: AbortSignal): Promise<EarDescription> {
    const { stream, server } = await SocketStream.open(this.#settings, {}, signal);
    stream.close();
    return { engine: server.engine ?? "Recogniser", doubtfulBelow: server.doubtful_below };
  }

  async open(options: RecognizerStreamOptions, signal: AbortSignal): Promise<HostedStream> {
    return (await SocketStream.open(this.#settings, options, signal)).stream;
  }

  close(): void {
    // Connections end with their streams.
  }
}
