import { decodeAudio } from "@parley/audio/decoding/decode-audio";
import type { RawCoding } from "@parley/audio/decoding/raw-sound";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { AppError } from "@parley/shared/errors";
import type {
  Recognition,
  Recognizer,
  RecognizerStreamOptions,
} from "@parley/speech/contracts/recognizer";

export type Transcription = Recognition & {
  /** Length of the sound, in seconds. */
  duration: number;
  /** What people should know about the file, such as that it was cut short. */
  remarks: string[];
  /** The recogniser's, see there. */
  doubtfulBelow?: number | undefined;
};

export type TranscribeAudioOptions = {
  /** A sound file in pieces of any size, read no faster than it is recognised. */
  bytes: AsyncIterable<Uint8Array>;
  /** The coding of bytes that have no header. */
  raw?: RawCoding | null;
  recognizer: Recognizer;
  speaker: Pick<RecognizerStreamOptions, "phrases" | "language">;
  /** Receives the whole text so far, after each second of sound. */
  onText: (text: string) => void;
  signal: AbortSignal;
  /**
   * Longest sound, twelve hours unless given: a small file may decompress to days of silence, which
   * would occupy the recogniser.
   */
  maxSeconds?: number;
};

/**
 * Recognises a file while it is being read, a second at a time, so that other streams are served in
 * between.
 *
 * @throws AppError `audio-unsupported` when the file cannot be decoded, `frame-too-large` when the
 * sound is too long; errors of the recogniser; the signal's reason
 */
export async function transcribeAudio(options: TranscribeAudioOptions): Promise<Transcription> {
  const {
    bytes,
    raw = null,
    recognizer,
    speaker,
    onText,
    signal,
    maxSeconds = 12 * 3_600,
  } = options;
  signal.throwIfAborted();
  const stream = await recognizer.open({ ...speaker, isOffline: true });
  const free = () => {
    stream.close();
  };
  signal.addEventListener("abort", free);
  try {
    let samples = 0;
    const remarks: string[] = [];
    const onRemark = (remark: string) => remarks.push(remark);
    for await (const piece of decodeAudio(bytes, { signal, raw, onRemark })) {
      samples += piece.length;
      if (samples > maxSeconds * speechRate) {
        throw new AppError("frame-too-large", `file: over ${maxSeconds} s of sound`);
      }
      onText((await stream.write(piece)).text);
    }
    signal.throwIfAborted();
    const duration = samples / speechRate;
    const heard = within(await stream.finish(), duration * 1_000);
    return { ...heard, duration, remarks, doubtfulBelow: recognizer.doubtfulBelow };
  } finally {
    signal.removeEventListener("abort", free);
    free();
  }
}

/** Recognisers hear silence behind the end, and give the last word a whole frame: no time is later. */
function within(heard: Recognition, endMs: number): Recognition {
  const words = heard.words.map((word) => ({
    ...word,
    startMs: Math.min(word.startMs, endMs),
    endMs: Math.min(word.endMs, endMs),
  }));
  return { ...heard, words };
}
