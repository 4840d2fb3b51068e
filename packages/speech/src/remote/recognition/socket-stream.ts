import { sampleBytes } from "@parley/audio/sample-bytes";
import { speechRate, speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { Clock } from "@parley/shared/async/clock";
import type { AppError } from "@parley/shared/errors";
import type {
  PartialRecognition,
  Recognition,
  RecognizerStreamOptions,
} from "../../contracts/recognizer";
import type { HostedStream } from "../../recognition/recognizer-host";
import { answerTimeoutMs } from "../answer-timeout";
import { tooSilent } from "../remote-failure";
import { recognizerAt } from "../remote-machine";
import { RecognizerConnection } from "./recognizer-connection";
import { recognitionIn, type ReadyNotice, type TranscriptNotice } from "./recognizer-notice";
import type { RemoteRecognizerSettings } from "./remote-recognizer-settings";

/** Longest message of sound: the server recognises others between two of them. */
const maxMessageSamples = speechRate;
/** Sound after which the server is asked to confirm what it has recognised. */
const confirmEverySamples = 2 * speechRate;
/** Sound that the server may be behind; it would refuse a minute. */
const maxUnconfirmedSamples = 10 * speechRate;
/** The voice bot's own padding of an end: its model looks ahead by up to as much. */
const settlingSilence = new Int16Array(320 * speechSamplesPerMs);

const nothing: Recognition = { text: "", tokens: [], words: [] };

/** A request whose answer is a final transcript; answers come in the order of the requests. */
type Question = {
  /** Sound sent before it. */
  sentSamples: number;
  /** Ends the utterance: what the server writes until its answer belongs to the old one. */
  isEnd: boolean;
  answer: (notice: TranscriptNotice) => void;
  fail: (error: AppError) => void;
};

/** One speaker at the voice bot's WebSocket, or another Parley's. */
export class SocketStream implements HostedStream {
  readonly #clock: Clock;
  readonly #url: URL;
  readonly #connection: RecognizerConnection;
  readonly #questions: Question[] = [];
  #features: ReadonlySet<string> = new Set();
  #text = "";
  #sentSamples = 0;
  #askedSamples = 0;
  #confirmedSamples = 0;
  /** The words of all that was sent; null once there is more. */
  #settled: Recognition | null = nothing;

  /** @throws AppError that names the other machine: `at-capacity` when it has no room */
  static async open(
    settings: RemoteRecognizerSettings,
    { phrases = [] }: Pick<RecognizerStreamOptions, "phrases">,
    signal: AbortSignal,
  ): Promise<{ stream: SocketStream; server: ReadyNotice }> {
    const stream = new SocketStream(settings);
    const leave = () => {
      stream.close();
    };
    signal.addEventListener("abort", leave);
    try {
      const server = await stream.#connection.ready;
      signal.throwIfAborted();
      stream.#features = new Set(server.features);
      if (phrases.length > 0) await stream.setPhrases(phrases);
      return { stream, server };
    } catch (error) {
      stream.close();
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener("abort", leave);
    }
  }

  private constructor({ url, apiKey, clock }: RemoteRecognizerSettings) {
    this.#clock = clock;
    this.#url = url;
    this.#connection = new RecognizerConnection({
      url,
      apiKey,
      clock,
      onTranscript: (notice) => {
        this.#receive(notice);
      },
      onFailed: (failure) => {
        for (const question of this.#questions.splice(0)) question.fail(failure);
      },
    });
  }

  get isLost(): boolean {
    return this.#connection.failure !== null;
  }

  async write(samples: Int16Array): Promise<PartialRecognition> {
    this.#requireConnection();
    for (let at = 0; at < samples.length; at += maxMessageSamples) {
      const piece = samples.subarray(at, at + maxMessageSamples);
      this.#connection.send(sampleBytes(piece));
      this.#sentSamples += piece.length;
      this.#settled = null;
      await this.#keepPace();
    }
    return { text: this.#text, endings: [], behindMs: this.#behindMs };
  }

  /**
   * A soft reset. The voice bot repeats the words that it has then, so it is given the silence that
   * its model waits for; another Parley settles a copy.
   */
  async peekFinal(): Promise<Recognition> {
    this.#requireConnection();
    if (this.#settled !== null) return this.#settled;
    const settles = this.#features.has("settle");
    if (!settles) this.#connection.send(sampleBytes(settlingSilence));
    const notice = await this.#ask({ finalize: false, settle: settles });
    this.#settled = recognitionIn(notice);
    this.#text = this.#settled.text;
    return this.#settled;
  }

  async finish(): Promise<Recognition> {
    this.#requireConnection();
    const notice = await this.#ask({ finalize: true, settle: true });
    return recognitionIn(notice);
  }

  async reset(): Promise<void> {
    this.#requireConnection();
    await this.#ask({ finalize: true, settle: false });
  }

  setPhrases(phrases: readonly string[]): Promise<void> {
    if (this.#features.has("phrases")) this.#connection.send({ type: "phrases", phrases });
    return Promise.resolve();
  }

  close(): void {
    this.#connection.leave();
  }

  /** Sound that the server was asked about and has not recognised yet. */
  get #behindMs(): number {
    return (this.#askedSamples - this.#confirmedSamples) / speechSamplesPerMs;
  }

  /** Waits for a server that is too far behind, so that neither end keeps unbounded sound. */
  async #keepPace(): Promise<void> {
    if (this.#sentSamples - this.#askedSamples < confirmEverySamples) return;
    const confirmed = this.#ask({ finalize: false, settle: false });
    if (this.#sentSamples - this.#confirmedSamples > maxUnconfirmedSamples) await confirmed;
    // A connection that fails is noticed by the next call.
    else confirmed.catch(() => undefined);
  }

  #ask({ finalize, settle }: { finalize: boolean; settle: boolean }): Promise<TranscriptNotice> {
    const answered = new Promise<TranscriptNotice>((resolve, reject) => {
      const cancel = this.#clock.schedule(answerTimeoutMs, () => {
        this.#connection.giveUp(tooSilent(recognizerAt(this.#url), answerTimeoutMs));
      });
      this.#questions.push({
        sentSamples: this.#sentSamples,
        isEnd: finalize,
        answer: (notice) => {
          cancel();
          resolve(notice);
        },
        fail: (error) => {
          cancel();
          reject(error);
        },
      });
    });
    this.#askedSamples = this.#sentSamples;
    if (finalize) {
      this.#text = "";
      this.#settled = nothing;
    }
    const isExtended = settle && this.#features.has("settle");
    this.#connection.send({ type: "reset", finalize, ...(isExtended ? { settle: true } : {}) });
    return answered;
  }

  #receive(notice: TranscriptNotice): void {
    if (notice.is_final) {
      const question = this.#questions.shift();
      if (question === undefined) return;
      this.#confirmedSamples = question.sentSamples;
      question.answer(notice);
    } else if (!this.#questions.some(({ isEnd }) => isEnd)) {
      this.#text = notice.text.trim();
    }
  }

  #requireConnection(): void {
    const { failure } = this.#connection;
    if (failure !== null) throw failure;
  }
}
