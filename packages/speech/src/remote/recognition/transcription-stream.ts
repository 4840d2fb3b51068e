import { joinSamples } from "@parley/audio/join-samples";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import type {
  PartialRecognition,
  Recognition,
  RecognizerStreamOptions,
} from "../../contracts/recognizer";
import type { HostedStream } from "../../recognition/recognizer-host";
import type { RemoteRecognizerSettings } from "./remote-recognizer-settings";
import { retryPatiently } from "./retry-patiently";
import { transcribe } from "./transcribe";

/** Sound in one request, 9.6 MB; OpenAI's limit is 25 MB. Longer turns are sent in pieces. */
const maxSamples = 300 * speechRate;
/** The turn's sound is kept here, so that a machine may be away for as long without a loss. */
const absenceLimitMs = 20_000;

/**
 * One speaker whose sound is kept until the turn's end is asked for. Nothing is known before: words
 * appear once somebody pauses.
 */
export class TranscriptionStream implements HostedStream {
  /** The sound is here: no machine's death loses it. */
  readonly isLost = false;
  readonly #settings: RemoteRecognizerSettings;
  readonly #language: string | null;
  readonly #closing = new AbortController();
  #phrases: readonly string[];
  #pieces: Int16Array[] = [];
  #samples = 0;
  /** The words of pieces that were sent already, because the turn grew too long. */
  #earlier = "";
  /** The words of everything heard, when it was last asked for. */
  #text = "";
  #isSettled = true;

  constructor(settings: RemoteRecognizerSettings, options: RecognizerStreamOptions) {
    this.#settings = settings;
    this.#language = options.language ?? null;
    this.#phrases = options.phrases ?? [];
  }

  async write(samples: Int16Array): Promise<PartialRecognition> {
    if (samples.length > 0) this.#isSettled = false;
    let rest = samples;
    while (rest.length > 0) {
      const piece = rest.subarray(0, maxSamples - this.#samples);
      this.#pieces.push(piece);
      this.#samples += piece.length;
      rest = rest.subarray(piece.length);
      if (this.#samples === maxSamples) await this.#sendAway();
    }
    return { text: this.#text, endings: [], behindMs: 0 };
  }

  async peekFinal(): Promise<Recognition> {
    if (!this.#isSettled) {
      this.#text = joined(this.#earlier, await this.#words());
      this.#isSettled = true;
    }
    return { text: this.#text, tokens: [], words: [] };
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

  setPhrases(phrases: readonly string[]): Promise<void> {
    this.#phrases = phrases;
    return Promise.resolve();
  }

  close(): void {
    this.#closing.abort(new AppError("invalid-state", "The recogniser's stream is closed."));
    this.#forget();
  }

  async #sendAway(): Promise<void> {
    this.#earlier = joined(this.#earlier, await this.#words());
    this.#text = this.#earlier;
    this.#pieces = [];
    this.#samples = 0;
  }

  async #words(): Promise<string> {
    if (this.#samples === 0) return "";
    const { signal } = this.#closing;
    const { clock } = this.#settings;
    const samples = joinSamples(this.#pieces);
    const order = { samples, phrases: this.#phrases, language: this.#language, signal };
    const ask = () => transcribe(this.#settings, order);
    return await retryPatiently(ask, { clock, signal, limitMs: absenceLimitMs });
  }

  #forget(): void {
    this.#pieces = [];
    this.#samples = 0;
    this.#earlier = "";
    this.#text = "";
    this.#isSettled = true;
  }
}

function joined(before: string, after: string): string {
  return [before, after].filter((text) => text !== "").join(" ");
}
