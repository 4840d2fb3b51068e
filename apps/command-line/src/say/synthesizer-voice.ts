import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { findLanguage, findVoice } from "@parley/speech/synthesis/find-voice";
import type { Speech, Voice } from "./voice";

export type SynthesizerVoiceOptions = {
  synthesizer: Synthesizer;
  voice: string | null;
  language: string | null;
};

/** A local synthesiser. */
export class SynthesizerVoice implements Voice {
  readonly model: string;
  readonly #options: SynthesizerVoiceOptions;

  constructor(options: SynthesizerVoiceOptions) {
    this.#options = options;
    this.model = options.synthesizer.name;
  }

  speak(text: string, signal: AbortSignal): Promise<Speech> {
    const { synthesizer } = this.#options;
    const { voices, languages = ["en"], sampleRate } = synthesizer;
    const voice = findVoice(this.#options.voice ?? "0", voices);
    const language = findLanguage(this.#options.language ?? languages[0] ?? "en", languages);
    const samples = samplesOf(synthesizer, { text, voice, language, signal });
    return Promise.resolve({ voice, language, sampleRate, samples, details: () => null });
  }

  close(): Promise<void> {
    return this.#options.synthesizer.close();
  }
}

async function* samplesOf(
  synthesizer: Synthesizer,
  { text, ...request }: { text: string; voice: string; language: string; signal: AbortSignal },
): AsyncGenerator<Int16Array> {
  async function* clauses() {
    yield await Promise.resolve(text);
  }
  for await (const part of synthesizer.speak({ ...request, clauses: clauses() })) {
    if (part.type === "error") throw part.error;
    if (part.type === "audio") yield part.samples;
  }
  request.signal.throwIfAborted();
}
