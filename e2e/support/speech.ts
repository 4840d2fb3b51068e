import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { openSpeech, type SpeechModels } from "@parley/speech/engines/open-speech";
import { conversationTransducer } from "@parley/speech/engines/recognizer-choice";
import { joinSamples } from "@parley/audio/join-samples";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { writeWave } from "@parley/audio/wave/write-wave";

/** The product's own voice and ear, as tools to make test speech and to judge what was played. */
export class Speech {
  readonly #models: SpeechModels;

  private constructor(models: SpeechModels) {
    this.#models = models;
  }

  static async open(signal: AbortSignal): Promise<Speech> {
    const model = join(import.meta.dirname, "..", "..", "models", "builtin");
    const recognizer = conversationTransducer({ model });
    return new Speech(await openSpeech({ recognizer, voice: { type: "flite" } }, signal));
  }

  /** @param voice rms, awb or kal16 for people; slt is the agent's own */
  async say(text: string, voice: string, signal: AbortSignal): Promise<Int16Array> {
    const clauses = async function* () {
      yield await Promise.resolve(text);
    };
    const pieces: Int16Array[] = [];
    for await (const part of this.#models.synthesizer.speak({
      clauses: clauses(),
      voice,
      signal,
    })) {
      if (part.type === "error") throw part.error;
      if (part.type === "audio") pieces.push(part.samples);
    }
    return joinSamples(pieces);
  }

  /** What the recogniser makes of a recording. */
  async hear(samples: Int16Array): Promise<string> {
    const stream = await this.#models.recognizer.open();
    try {
      await stream.write(samples);
      return (await stream.finish()).text;
    } finally {
      stream.close();
    }
  }

  async close(): Promise<void> {
    await this.#models.close();
  }
}

export function silence(ms: number): Int16Array {
  return new Int16Array(Math.round((speechRate * ms) / 1_000));
}

/** Writes a 16-bit mono WAV, the only form that Chromium's fake microphone takes. */
export function writeWav(folder: string, name: string, samples: Int16Array): string {
  mkdirSync(folder, { recursive: true });
  const path = join(folder, `${name}.wav`);
  writeFileSync(path, writeWave({ sampleRate: speechRate, samples }));
  return path;
}

/** Averages groups of samples: good enough to judge 48 kHz recordings at 16 kHz. */
export function downsample(samples: Int16Array, factor: number): Int16Array {
  const shorter = new Int16Array(Math.floor(samples.length / factor));
  for (let index = 0; index < shorter.length; index++) {
    let sum = 0;
    for (let offset = 0; offset < factor; offset++) sum += samples[index * factor + offset] ?? 0;
    shorter[index] = Math.round(sum / factor);
  }
  return shorter;
}
