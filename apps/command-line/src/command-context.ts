import type { Clock } from "@parley/shared/async/clock";
import type { RecognizerSettings } from "@parley/speech/transducer/recognizer/recognizer-settings";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { Machine } from "./doctor/machine";

/** A stream that may be a terminal, such as `process.stdout`. */
export type Output = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

/** Everything of the world that a command touches; tests hand in their own. */
export type CommandContext = {
  environment: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  /** A file named `-` is read from here. */
  input: AsyncIterable<Uint8Array>;
  /** Results, and nothing else. */
  output: Output;
  /** Complaints and progress. */
  errors: Output;
  clock: Clock;
  /** Folders, ports and versions, for `parley doctor`. */
  machine: Machine;
  /** Loads a model into an engine of this process; its remarks are told to the person. */
  openRecognizer: (
    settings: RecognizerSettings,
    signal: AbortSignal,
  ) => Promise<Recognizer & { readonly remarks: readonly string[] }>;
  /** Starts the voice that ships with Parley. */
  openSynthesizer: (signal: AbortSignal) => Promise<Synthesizer>;
  /** Turns a sound file into 16 kHz mono samples while it is being read. */
  decodeAudio: (
    bytes: AsyncIterable<Uint8Array>,
    options: { signal: AbortSignal },
  ) => AsyncIterable<Int16Array>;
  /** Ctrl-C was pressed: end in good order. */
  firstInterrupt: AbortSignal;
  /** It was pressed again: leave at once what takes long. */
  secondInterrupt: AbortSignal;
};
