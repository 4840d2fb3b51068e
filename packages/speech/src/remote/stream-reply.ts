import { SampleJoiner } from "@parley/audio/sample-joiner";
import { resample } from "@parley/audio/resampling/resample";
import { AnswerTimeout, type AnswerTimeoutOptions } from "./answer-timeout";
import { badNotice, brokenOff } from "./remote-failure";
import type { RemoteReply, RemoteText } from "./remote-transport";
import type { StreamMessage, StreamConnection } from "./stream-connection";

export type StreamReplyOptions = AnswerTimeoutOptions & {
  /** Hz of the sound that is yielded. */
  sampleRate: number;
  /** A connection kept from an earlier reply; it may turn out to be dead. */
  takeIdle: () => StreamConnection | null;
  connect: () => StreamConnection;
  /** Called when the reply is complete: the connection may serve another one. */
  onSpoken: (connection: StreamConnection) => void;
};

/** One stream of the voice bot's protocol: each text is a segment, ended by its own notice. */
export class StreamReply implements RemoteReply {
  readonly #options: StreamReplyOptions;
  readonly #timeout: AnswerTimeout;
  readonly #listening = new AbortController();
  #connection: StreamConnection | null = null;
  /** Hz of the sound that arrives. */
  #rate: number;

  constructor(options: StreamReplyOptions) {
    this.#options = options;
    this.#rate = options.sampleRate;
    this.#timeout = new AnswerTimeout(options);
    const onAbort = () => {
      this.#connection?.cancel();
      this.#connection = null;
    };
    options.signal.addEventListener("abort", onAbort, { signal: this.#listening.signal });
  }

  async *speak(text: RemoteText): AsyncGenerator<Int16Array, void, void> {
    const connection = this.#connection ?? (await this.#begin(text));
    const mode = text.quality === "batch" ? "batch" : "stream";
    connection.send({ type: "text", text: text.text, mode });
    try {
      yield* resample(this.#segment(connection), this.#rate, this.#options.sampleRate);
    } catch (error) {
      connection.cancel();
      throw error;
    }
  }

  end(): void {
    this.#listening.abort();
    const connection = this.#connection;
    this.#connection = null;
    if (connection !== null) this.#options.onSpoken(connection);
  }

  /** Begins the stream; a connection that died while idle is replaced by a new one. */
  async #begin(text: RemoteText): Promise<StreamConnection> {
    for (;;) {
      const idle = this.#options.takeIdle();
      const connection = idle ?? this.#options.connect();
      this.#connection = connection;
      try {
        await this.#timeout.wait(connection.opened);
        await this.#init(connection, text);
        return connection;
      } catch (error) {
        connection.cancel();
        this.#options.signal.throwIfAborted();
        if (idle === null) throw error;
      }
    }
  }

  async #init(connection: StreamConnection, text: RemoteText): Promise<void> {
    const { voice, language, quality, seed, temperature } = text;
    connection.send({
      type: "init",
      voice,
      language,
      default_mode: quality === "batch" ? "batch" : "stream",
      // The voice bot's own server knows no such field, and says its rate in `stream_created`.
      sample_rate: this.#options.sampleRate,
      ...(seed === null ? {} : { seed }),
      ...(temperature === null ? {} : { temperature }),
    });
    while ((await this.#next(connection)).type !== "stream_created");
  }

  async *#segment(connection: StreamConnection): AsyncGenerator<Int16Array, void, void> {
    const joiner = new SampleJoiner();
    for (;;) {
      const message = await this.#next(connection);
      if (message.type === "segment_complete") return;
      if (message.type === "sound") yield joiner.push(message.bytes);
    }
  }

  /** @throws AppError for every notice that ends the reply too early */
  async #next(connection: StreamConnection): Promise<StreamMessage> {
    const message = await this.#timeout.wait(connection.next());
    const { machine } = this.#options;
    if (message.type === "error") throw badNotice(machine, message);
    if (message.type === "done") throw brokenOff(machine, "it was done too soon");
    // An idle stream ended; the next text begins another one in the same voice.
    if (message.type === "cancelled" && message.reason !== "idle") {
      throw brokenOff(machine, "it cancelled the reply");
    }
    if (message.type === "stream_created") this.#rate = message.sample_rate ?? this.#rate;
    return message;
  }
}
