import type { RecognizerStreamOptions } from "../../contracts/recognizer";
import type { HostedStream } from "../../recognition/recognizer-host";
import type { EarDescription, RemoteEar } from "./remote-ear";
import type { RemoteRecognizerSettings } from "./remote-recognizer-settings";
import { transcribe } from "./transcribe";
import { TranscriptionStream } from "./transcription-stream";

/** Sound of the first request, 100 ms: OpenAI's service takes nothing shorter. */
const rehearsal = new Int16Array(1_600);

/** OpenAI's transcription endpoint, asked at the end of each turn. */
export class TranscriptionEar implements RemoteEar {
  readonly #settings: RemoteRecognizerSettings;

  constructor(settings: RemoteRecognizerSettings) {
    this.#settings = settings;
  }

  /** The interface has no description: a short silence shows whether the server transcribes. */
  async describe(signal: AbortSignal): Promise<EarDescription> {
    const { model } = this.#settings;
    await transcribe(this.#settings, { samples: rehearsal, phrases: [], language: null, signal });
    return { engine: model === "" ? "Transcriptions" : model, doubtfulBelow: undefined };
  }

  open(options: RecognizerStreamOptions): Promise<HostedStream> {
    return Promise.resolve(new TranscriptionStream(this.#settings, options));
  }

  close(): void {
    // Requests end with their streams.
  }
}
