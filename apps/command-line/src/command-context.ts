import type { DecodeAudioOptions } from "@parley/audio/decoding/decode-audio";
import type { Clock } from "@parley/shared/async/clock";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import type { RecognizerChoice } from "@parley/speech/engines/recognizer-choice";
import type { Machine } from "./doctor/machine";

/** A stream that may be a terminal, such as `process.stdout`. */
export type Output = NodeJS.WritableStream & { isTTY?: boolean; columns?: number };

/** Everything outside of the program that a command uses; tests provide their own. */
export type CommandContext = {
  environment: NodeJS.ProcessEnv;
  platform: NodeJS.Platform;
  /** Standard input, read for a file named `-`. */
  input: AsyncIterable<Uint8Array>;
  /** Standard output: results only. */
  output: Output;
  /** Standard error: failures and progress. */
  errors: Output;
  clock: Clock;
  /** Folders, ports and versions, for `parley doctor`. */
  machine: Machine;
  /** Loads a model into a local engine. */
  openRecognizer: (choice: RecognizerChoice, signal: AbortSignal) => Promise<Recognizer>;
  /** Opens the voice that ships with Parley. */
  openSynthesizer: (signal: AbortSignal) => Promise<Synthesizer>;
  /** Decodes a sound file to 16 kHz mono samples while it is being read. */
  decodeAudio: (
    bytes: AsyncIterable<Uint8Array>,
    options: Pick<DecodeAudioOptions, "signal" | "raw" | "onRemark">,
  ) => AsyncIterable<Int16Array>;
  /** Aborted by the first Ctrl-C: finish cleanly. */
  firstInterrupt: AbortSignal;
  /** Aborted by the second Ctrl-C: stop at once. */
  secondInterrupt: AbortSignal;
};
