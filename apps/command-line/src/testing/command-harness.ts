import { Writable } from "node:stream";
import { systemClock } from "@parley/shared/async/clock";
import type { TransducerSettings } from "@parley/speech/transducer/transducer-settings";
import { decodeAudio } from "@parley/audio/decoding/decode-audio";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { writeWave } from "@parley/audio/wave/write-wave";
import {
  CharacterSynthesizer,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import { thisMachine } from "../doctor/machine";
import { runParley } from "../run-parley";
import type { CommandContext } from "../command-context";

/** Collects the text that is written to it. */
export class MemoryOutput extends Writable {
  text = "";
  /** The same, for results that are no text. */
  bytes: Buffer = Buffer.alloc(0);
  columns = 80;

  constructor(readonly isTTY = false) {
    super({ decodeStrings: false });
  }

  override _write(piece: Uint8Array | string, _encoding: string, done: () => void): void {
    this.text += typeof piece === "string" ? piece : Buffer.from(piece).toString("latin1");
    this.bytes = Buffer.concat([this.bytes, Buffer.from(piece)]);
    done();
  }
}

/** Runs commands with scripted engines and records their output. */
export class CommandHarness {
  readonly code = new WordCode();
  /** Settings of the engines that were opened. */
  readonly settings: TransducerSettings[] = [];
  closedEngines = 0;
  readonly interrupts = [new AbortController(), new AbortController()] as const;
  output = new MemoryOutput();
  errors = new MemoryOutput();
  parts: Partial<CommandContext> = {};
  recognizer: Recognizer = wordRecognizer(this.code);
  synthesizer: Synthesizer = new CharacterSynthesizer();

  /** A WAVE file of the words, half a second each unless given. */
  say(words: string, secondsEach = 0.5): Uint8Array {
    const pieces = words.split(" ").map((word) => this.code.sampleOf(word));
    const length = secondsEach * 16_000;
    const samples = new Int16Array(pieces.length * length);
    for (const [index, sample] of pieces.entries()) {
      samples.fill(sample, index * length, (index + 1) * length);
    }
    return writeWave({ sampleRate: 16_000, samples });
  }

  /** Runs a command line, as a shell would, to its exit code. */
  run(...words: string[]): Promise<number> {
    return runParley(words, {
      environment: process.env,
      platform: "linux",
      input: process.stdin,
      output: this.output,
      errors: this.errors,
      clock: systemClock,
      machine: thisMachine,
      openRecognizer: (choice) => {
        if (choice.type === "transducer") this.settings.push(choice.settings);
        const { recognizer } = this;
        return Promise.resolve({
          name: recognizer.name,
          remarks: [],
          open: (options) => recognizer.open(options),
          close: () => {
            this.closedEngines++;
            return recognizer.close();
          },
        });
      },
      openSynthesizer: () => {
        const { synthesizer } = this;
        return Promise.resolve({
          name: synthesizer.name,
          voices: synthesizer.voices,
          sampleRate: synthesizer.sampleRate,
          speak: (request) => synthesizer.speak(request),
          close: () => {
            this.closedEngines++;
            return synthesizer.close();
          },
        });
      },
      decodeAudio,
      firstInterrupt: this.interrupts[0].signal,
      secondInterrupt: this.interrupts[1].signal,
      ...this.parts,
    });
  }

  interrupt(): void {
    const next = this.interrupts.find(({ signal }) => !signal.aborted);
    next?.abort(new DOMException("interrupted", "AbortError"));
  }
}
