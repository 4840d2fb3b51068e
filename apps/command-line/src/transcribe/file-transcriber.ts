import type { RecognizedToken, RecognizedWord } from "@parley/speech/contracts/recognizer";
import type { SoundFile } from "./sound-file";

/** A word with its place; a service may not tell how sure it is. */
export type TranscribedWord = Omit<RecognizedWord, "confidence"> & { confidence: number | null };

export type FileTranscript = {
  text: string;
  /** Null where an engine elsewhere does not tell them. */
  tokens: readonly RecognizedToken[] | null;
  words: readonly TranscribedWord[] | null;
  /** Of the sound. */
  seconds: number;
};

/** Turns whole files into words, by an engine here or elsewhere. */
export type FileTranscriber = {
  /** Which model it is, as far as is known here. */
  readonly model: string;
  /**
   * Reads the file no faster than it is recognised.
   *
   * @param onPartial told all the words so far, whenever they may have changed
   */
  transcribe(
    file: SoundFile,
    onPartial: (text: string) => void,
    signal: AbortSignal,
  ): Promise<FileTranscript>;
  close(): Promise<void>;
};
