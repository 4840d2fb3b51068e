import { once } from "node:events";
import type { ClientDuplexStream } from "@grpc/grpc-js";
import { sampleBytes } from "@parley/audio/sample-bytes";
import { speechRate, speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import type {
  PartialRecognition,
  Recognition,
  RecognizerStreamOptions,
} from "../../contracts/recognizer";
import type { HostedStream } from "../../recognition/recognizer-host";
import { AnswerTimeout } from "../answer-timeout";
import type { RemoteRecognizerSettings } from "../recognition/remote-recognizer-settings";
import { recognizerAt } from "../remote-machine";
import type { RivaClient } from "./riva-client";
import { rivaLanguage } from "./riva-language";
import { RivaResults } from "./riva-results";

type RivaCall = {
  stream: ClientDuplexStream<object, object>;
  /** Resolves once all results are here. */
  ended: Promise<void>;
};

/** Riva's clients send about as much at a time. */
const messageSamples = 1_600;
/** Boost of names; Riva advises 0 to 20, and hears what nobody said at the upper end. */
const phraseBoost = 10;

/**
 * One speaker. Riva settles words when a call ends, and has no copy of its state: asking for the
 * settled words ends the call, and what is said afterwards goes to another one.
 */
export class RivaStream implements HostedStream {
  readonly #settings: RemoteRecognizerSettings;
  readonly #client: RivaClient;
  readonly #language: string;
  readonly #results = new RivaResults();
  readonly #closing = new AbortController();
  readonly #timeout: AnswerTimeout;
  #phrases: readonly string[];
  #call: RivaCall | null = null;
  #failure: AppError | null = null;
  /** Samples since the last reset. */
  #heard = 0;

  constructor(
    settings: RemoteRecognizerSettings,
    client: RivaClient,
    { phrases = [], language }: RecognizerStreamOptions,
  ) {
    this.#settings = settings;
    this.#client = client;
    this.#language = rivaLanguage(language, settings.language);
    this.#phrases = phrases;
    const { url, clock } = settings;
    const { signal } = this.#closing;
    this.#timeout = new AnswerTimeout({ machine: recognizerAt(url), clock, signal });
  }

  get isLost(): boolean {
    return this.#failure !== null;
  }

  async write(samples: Int16Array): Promise<PartialRecognition> {
    for (let at = 0; at < samples.length; at += messageSamples) {
      const piece = samples.subarray(at, at + messageSamples);
      const { stream } = (this.#call ??= this.#begin());
      this.#heard += piece.length;
      const isTaken = stream.write({ audio_content: sampleBytes(piece) });
      if (!isTaken) await this.#settleOr(once(stream, "drain").then(() => undefined));
    }
    this.#requireCall();
    return { text: this.#results.text, endings: [], behindMs: 0 };
  }

  async peekFinal(): Promise<Recognition> {
    this.#requireCall();
    const call = this.#call;
    if (call !== null) {
      call.stream.end();
      await this.#settleOr(call.ended);
      this.#requireCall();
      this.#call = null;
      this.#results.dropInterim();
    }
    return this.#results.recognition();
  }

  async finish(): Promise<Recognition> {
    const settled = await this.peekFinal();
    this.#forget();
    return settled;
  }

  reset(): Promise<void> {
    this.#forget();
    return Promise.resolve();
  }

  /** They count from the next call on, that is, after the next pause. */
  setPhrases(phrases: readonly string[]): Promise<void> {
    this.#phrases = phrases;
    return Promise.resolve();
  }

  close(): void {
    this.#closing.abort(new AppError("invalid-state", "The recogniser's stream is closed."));
    this.#forget();
  }

  #begin(): RivaCall {
    const stream = this.#client.converse("StreamingRecognize");
    const fromMs = this.#heard / speechSamplesPerMs;
    const ended = new Promise<void>((resolve) => {
      // gRPC ends a failed call with `error`, and then with `end` or without.
      stream.on("end", resolve);
      stream.on("error", (error: unknown) => {
        if (this.#call?.stream === stream) this.#failure = this.#client.failure(error);
        resolve();
      });
    });
    stream.on("data", (response: unknown) => {
      if (this.#call?.stream === stream) this.#results.take(response, fromMs);
    });
    stream.write({ streaming_config: { config: this.#config(), interim_results: true } });
    return { stream, ended };
  }

  #config(): object {
    const contexts = [{ phrases: this.#phrases, boost: phraseBoost }];
    return {
      encoding: "LINEAR_PCM",
      sample_rate_hertz: speechRate,
      language_code: this.#language,
      max_alternatives: 1,
      audio_channel_count: 1,
      enable_word_time_offsets: true,
      enable_automatic_punctuation: true,
      model: this.#settings.model,
      speech_contexts: this.#phrases.length === 0 ? [] : contexts,
    };
  }

  /** A machine that is silent for too long is lost, like one that is gone. */
  async #settleOr(answer: Promise<void>): Promise<void> {
    try {
      await this.#timeout.wait(Promise.race([answer, this.#call?.ended ?? answer]));
    } catch (error) {
      if (error instanceof AppError && !this.#closing.signal.aborted) this.#failure ??= error;
      throw error;
    }
  }

  #requireCall(): void {
    this.#closing.signal.throwIfAborted();
    if (this.#failure !== null) throw this.#failure;
  }

  #forget(): void {
    const call = this.#call;
    this.#call = null;
    call?.stream.cancel();
    this.#results.clear();
    this.#heard = 0;
  }
}
