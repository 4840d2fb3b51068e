import type { RecognizedToken, RecognizedWord } from "@parley/speech/contracts/recognizer";
import type { SoundFile } from "./sound-file";

/** A word with its times; some services give no confidence. */
export type TranscribedWord = Omit<RecognizedWord, "confidence"> & { confidence: number | null };

export type FileTranscript = {
  text: string;
  /** Null when a remote engine does not return them. */
  tokens: readonly RecognizedToken[] | null;
  words: readonly TranscribedWord[] | null;
  /** Length of the sound. */
  seconds: number;
  /** What should be known about the file, such as that it was cut short. */
  remarks: readonly string[];
};

/** A local or remote engine that transcribes whole files. */
export type FileTranscriber = {
  /** Name of the model, as far as it is known. */
  readonly model: string;
  /**
   * Reads the file no faster than it is recognised.
   *
   * @param onPartial receives the whole text so far, whenever it may have changed
   */
  transcribe(
    file: SoundFile,
    onPartial: (text: string) => void,
    signal: AbortSignal,
  ): Promise<FileTranscript>;
  close(): Promise<void>;
};
