import { speechRate, speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type {
  PartialRecognition,
  Recognition,
  RecognizedWord,
  Recognizer,
  RecognizerStream,
} from "../contracts/recognizer";
import type { SynthesisPart, SynthesisRequest, Synthesizer } from "../contracts/synthesizer";
import type { VoiceActivityDetector } from "../contracts/voice-activity-detector";

/*
 * Doubles of all contracts. Sound is a code: a sample of 0 is silence, any other value is the
 * number of the word being said (see `WordCode`), and -1 is noise: loud, but no word.
 */

export const noiseSample = -1;

/** Gives words numbers that samples can carry. */
export class WordCode {
  readonly #words: string[] = [];

  sampleOf(word: string): number {
    const known = this.#words.indexOf(word);
    return known === -1 ? this.#words.push(word) : known + 1;
  }

  wordOf(sample: number): string | null {
    return this.#words[sample - 1] ?? null;
  }
}

function notImplemented(name: string): never {
  throw new Error(`not implemented: ${name}`);
}

export function scriptedRecognizer(parts: Partial<Recognizer> = {}): Recognizer {
  return {
    name: "scripted recogniser",
    remarks: [],
    open: () => notImplemented("Recognizer.open"),
    close: () => Promise.resolve(),
    ...parts,
  };
}

export function scriptedRecognizerStream(parts: Partial<RecognizerStream> = {}): RecognizerStream {
  return {
    write: () => notImplemented("RecognizerStream.write"),
    peekFinal: () => notImplemented("RecognizerStream.peekFinal"),
    finish: () => notImplemented("RecognizerStream.finish"),
    reset: () => notImplemented("RecognizerStream.reset"),
    setPhrases: () => Promise.resolve(),
    close: () => undefined,
    ...parts,
  };
}

/** The result of a write without lag and without an end of utterance. */
export function partialOf(text: string): PartialRecognition {
  return { text, endings: [], behindMs: 0 };
}

/** A final text whose words take 200 ms each. */
export function recognitionOf(text: string): Recognition {
  const spoken = text.split(" ").filter((word) => word !== "");
  const words = spoken.map((word, index) => wordAt(word, index * 200, (index + 1) * 200));
  return { text, tokens: [], words };
}

function wordAt(text: string, startMs: number, endMs: number): RecognizedWord {
  const isMumbled = text.length > 1 && text === text.toUpperCase() && text !== text.toLowerCase();
  return { text, startMs, endMs, confidence: isMumbled ? 0.1 : 1 };
}

export function scriptedActivity(
  parts: Partial<VoiceActivityDetector> = {},
): VoiceActivityDetector {
  return {
    windowSamples: 512,
    open: () => notImplemented("VoiceActivityDetector.open"),
    ...parts,
  };
}

/**
 * Recognizes the words that the samples carry; a word counts after 160 ms. Words in capitals are
 * mumbled: it is as good as unsure of them.
 */
export function wordRecognizer(code: WordCode): Recognizer {
  const minWordSamples = 2_560;
  const open = (): RecognizerStream => {
    let heard: { sample: number; start: number; samples: number }[] = [];
    let written = 0;
    const recognition = (): Recognition => {
      const words = heard.flatMap(({ sample, start, samples }) => {
        const word = samples >= minWordSamples ? code.wordOf(sample) : null;
        return word === null
          ? []
          : wordAt(word, start / speechSamplesPerMs, (start + samples) / speechSamplesPerMs);
      });
      return { text: words.map(({ text }) => text).join(" "), tokens: [], words };
    };
    const reset = () => {
      heard = [];
      written = 0;
    };
    return scriptedRecognizerStream({
      write(samples) {
        for (const sample of samples) {
          const last = heard.at(-1);
          if (last?.sample === sample) last.samples++;
          else heard.push({ sample, start: written, samples: 1 });
          written++;
        }
        return Promise.resolve(partialOf(recognition().text));
      },
      peekFinal: () => Promise.resolve(recognition()),
      finish() {
        const settled = recognition();
        reset();
        return Promise.resolve(settled);
      },
      reset() {
        reset();
        return Promise.resolve();
      },
    });
  };
  return scriptedRecognizer({ open: () => Promise.resolve(open()) });
}

/** Detects speech in windows of which half or more is not silence. */
export function soundActivity(): VoiceActivityDetector {
  const step = (window: Int16Array) => {
    const loud = window.reduce((count, sample) => count + (sample === 0 ? 0 : 1), 0);
    return Promise.resolve(loud * 2 >= window.length ? 0.9 : 0.1);
  };
  return scriptedActivity({
    open: () => ({ step, reset: () => undefined, close: () => undefined }),
  });
}

/** Speaks 20 ms per character, and counts running replies. */
export class CharacterSynthesizer implements Synthesizer {
  readonly name = "character synthesiser";
  readonly voices = ["plain"];
  readonly sampleRate = speechRate;
  /** All clauses so far. */
  readonly clauses: string[] = [];
  running = 0;

  async *speak({ clauses, signal }: SynthesisRequest): AsyncGenerator<SynthesisPart> {
    this.running++;
    try {
      for await (const text of clauses) {
        if (signal.aborted) return;
        this.clauses.push(text);
        yield { type: "clause-start", text };
        yield { type: "audio", samples: new Int16Array(text.length * 320).fill(1_000) };
        yield { type: "clause-end" };
      }
    } finally {
      this.running--;
    }
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}
