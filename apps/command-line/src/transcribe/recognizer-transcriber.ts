import { rawCodingOf } from "@parley/audio/decoding/raw-sound";
import { speechRate } from "@parley/shared/audio/speech-rate";
import type { Clock } from "@parley/shared/async/clock";
import type {
  RecognizerStream,
  RecognizerStreamOptions,
} from "@parley/speech/contracts/recognizer";
import type { RecognizerSource } from "../engine/recognizer-source";
import type { CommandContext } from "../command-context";
import type { FileTranscriber, FileTranscript } from "./file-transcriber";
import type { SoundFile } from "./sound-file";

export type RecognizerTranscriberOptions = {
  source: RecognizerSource;
  streamOptions: RecognizerStreamOptions;
  decodeAudio: CommandContext["decodeAudio"];
  clock: Clock;
  /** Feeds the sound at the pace of speech. */
  isRealtime: boolean;
};

/** Samples per write at the pace of speech, so that words appear as they do live. */
const realtimePieceSamples = speechRate / 5;

/** Transcribes files with a recogniser, one stream per file. */
export class RecognizerTranscriber implements FileTranscriber {
  readonly #options: RecognizerTranscriberOptions;

  constructor(options: RecognizerTranscriberOptions) {
    this.#options = options;
  }

  get model(): string {
    return this.#options.source.model;
  }

  async transcribe(
    file: SoundFile,
    onPartial: (text: string) => void,
    signal: AbortSignal,
  ): Promise<FileTranscript> {
    const { source, streamOptions } = this.#options;
    const stream = await source.recognizer.open(streamOptions);
    const free = () => {
      stream.close();
    };
    signal.addEventListener("abort", free, { once: true });
    try {
      const remarks: string[] = [];
      const decoded = this.#options.decodeAudio(file.bytes, {
        signal,
        raw: rawCodingOf({ name: file.path }),
        onRemark: (remark) => remarks.push(remark),
      });
      const samples = await this.#feed(stream, decoded, onPartial, signal);
      const { text, tokens, words } = await stream.finish();
      const seconds = samples / speechRate;
      return source.hasTimes
        ? { text, tokens, words, seconds, remarks }
        : { text, tokens: null, words: null, seconds, remarks };
    } catch (error) {
      // Pending writes fail when the stream is closed; the abort is the cause.
      signal.throwIfAborted();
      throw error;
    } finally {
      signal.removeEventListener("abort", free);
      free();
    }
  }

  close(): Promise<void> {
    return this.#options.source.recognizer.close();
  }

  /** @returns the number of samples */
  async #feed(
    stream: RecognizerStream,
    sound: AsyncIterable<Int16Array>,
    onPartial: (text: string) => void,
    signal: AbortSignal,
  ): Promise<number> {
    const { clock, isRealtime } = this.#options;
    const began = clock.now();
    let samples = 0;
    for await (const decoded of sound) {
      for (const piece of isRealtime ? cut(decoded, realtimePieceSamples) : [decoded]) {
        signal.throwIfAborted();
        samples += piece.length;
        if (isRealtime) {
          const spokenAt = began + (samples / speechRate) * 1_000;
          await clock.delay(Math.max(0, spokenAt - clock.now()), signal);
        }
        onPartial((await stream.write(piece)).text);
      }
    }
    return samples;
  }
}

function* cut(samples: Int16Array, length: number): Generator<Int16Array> {
  for (let at = 0; at < samples.length; at += length) yield samples.subarray(at, at + length);
}
