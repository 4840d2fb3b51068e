import { decodeAudio } from "@parley/audio/decoding/decode-audio";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import type {
  Recognition,
  Recognizer,
  RecognizerStreamOptions,
} from "@parley/speech/contracts/recognizer";

export type Transcription = Recognition & {
  /** Of the sound in the file, in seconds. */
  duration: number;
};

export type TranscribeAudioOptions = {
  /** A file of any format, in pieces of any size: no more is read than the recogniser has taken. */
  bytes: AsyncIterable<Uint8Array>;
  recognizer: Recognizer;
  speaker: Pick<RecognizerStreamOptions, "phrases" | "language">;
  /** Told all the words so far, after each second of sound. */
  onText: (text: string) => void;
  signal: AbortSignal;
  /**
   * Twelve hours unless given: a small file may unfold into days of silence, which would keep the
   * recogniser from others.
   */
  maxSeconds?: number;
};

/**
 * Recognises a file while it is still being read. It takes a second at a time, so that other streams
 * get their turns in between.
 *
 * @throws AppError `audio-unsupported` when it is no file that can be read, `frame-too-large` when it
 * is too long, what the recogniser throws; the signal's reason
 */
export async function transcribeAudio(options: TranscribeAudioOptions): Promise<Transcription> {
  const { bytes, recognizer, speaker, onText, signal, maxSeconds = 12 * 3_600 } = options;
  signal.throwIfAborted();
  const stream = await recognizer.open({ ...speaker, isOffline: true });
  const free = () => {
    stream.close();
  };
  signal.addEventListener("abort", free);
  try {
    let samples = 0;
    for await (const piece of decodeAudio(bytes, { signal })) {
      samples += piece.length;
      if (samples > maxSeconds * speechRate) {
        throw new AppError("frame-too-large", `file: over ${maxSeconds} s of sound`);
      }
      onText((await stream.write(piece)).text);
    }
    signal.throwIfAborted();
    return { ...(await stream.finish()), duration: samples / speechRate };
  } finally {
    signal.removeEventListener("abort", free);
    free();
  }
}
