import { SampleJoiner } from "@parley/audio/sample-joiner";
import { resample } from "@parley/audio/resampling/resample";
import { Patience, type PatienceOptions } from "./patience";
import { badNotice, brokenOff } from "./remote-failure";
import type { RemoteReply, RemoteText } from "./remote-settings";
import type { Heard, StreamConnection } from "./stream-connection";

export type StreamReplyOptions = PatienceOptions & {
  /** Hz, of what is given out. */
  sampleRate: number;
  /** A connection that was used before, and whether it is still good may only show in its use. */
  takeIdle: () => StreamConnection | null;
  connect: () => StreamConnection;
  /** Told when all is spoken: the connection may be used for another reply. */
  onSpoken: (connection: StreamConnection) => void;
};

/** One stream of the voice bot's protocol: a text is a segment, and closed by its own notice. */
export class StreamReply implements RemoteReply {
  readonly #options: StreamReplyOptions;
  readonly #patience: Patience;
  readonly #listening = new AbortController();
  #connection: StreamConnection | null = null;
  /** Hz, of what is heard. */
  #rate: number;

  constructor(options: StreamReplyOptions) {
    this.#options = options;
    this.#rate = options.sampleRate;
    this.#patience = new Patience(options);
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

  /** A connection that died while nobody used it is replaced by a new one. */
  async #begin(text: RemoteText): Promise<StreamConnection> {
    for (;;) {
      const idle = this.#options.takeIdle();
      const connection = idle ?? this.#options.connect();
      this.#connection = connection;
      try {
        await this.#patience.wait(connection.opened);
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
      ...(seed === null ? {} : { seed }),
      ...(temperature === null ? {} : { temperature }),
    });
    while ((await this.#next(connection)).type !== "stream_created");
  }

  async *#segment(connection: StreamConnection): AsyncGenerator<Int16Array, void, void> {
    const joiner = new SampleJoiner();
    for (;;) {
      const heard = await this.#next(connection);
      if (heard.type === "segment_complete") return;
      if (heard.type === "sound") yield joiner.push(heard.bytes);
    }
  }

  /** @throws AppError for every notice after which nothing of this reply can come */
  async #next(connection: StreamConnection): Promise<Heard> {
    const heard = await this.#patience.wait(connection.next());
    const { host } = this.#options;
    if (heard.type === "error") throw badNotice(host, heard);
    if (heard.type === "done") throw brokenOff(host, "it was done too soon");
    // A stream that had nothing to say is over; the next text begins another in the same voice.
    if (heard.type === "cancelled" && heard.reason !== "idle") {
      throw brokenOff(host, "it cancelled the reply");
    }
    if (heard.type === "stream_created") this.#rate = heard.sample_rate ?? this.#rate;
    return heard;
  }
}
