import { basename, resolve } from "node:path";
import { AppError } from "@parley/shared/errors";
import { flushDenormals } from "@parley/speech/runtime/flush-denormals";
import type {
  MagpieEngine,
  MagpieEngineSettings,
} from "@parley/speech/magpie/engine/magpie-engine";
import { openMagpie, type OpenedMagpie } from "@parley/speech/magpie/engine/open-magpie";
import { fittingChunks } from "@parley/speech/magpie/synthesizer/fitting-chunks";
import { toPcm } from "@parley/speech/synthesis/to-pcm";
import type { MagpieText } from "@parley/speech/magpie/text/magpie-text";
import { toSpoken } from "@parley/speech/spoken/to-spoken";
import { findLanguage, findVoice } from "@parley/speech/synthesis/find-voice";
import type { Speech, SpeechDetails, Voice } from "./voice";

export type MagpieVoiceOptions = Omit<MagpieEngineSettings, "maxStreams" | "inference"> & {
  voice: string | null;
  language: string | null;
  seed: number;
  temperature: number | null;
  isGreedy: boolean;
  hasCache: boolean;
  /** Skips text normalisation and splitting. */
  isRaw: boolean;
  /** Whether the sound is played while it is synthesised. */
  isLive: boolean;
};

const english = "en";

/** A local Magpie model, with its decisions as details. */
export class MagpieVoice implements Voice {
  readonly model: string;
  readonly #options: MagpieVoiceOptions;
  readonly #engine: MagpieEngine;
  readonly #text: MagpieText;

  static async open(options: MagpieVoiceOptions): Promise<MagpieVoice> {
    const { model, codec, threads, providers } = options;
    // Has to precede the codec's thread, which inherits it.
    await flushDenormals();
    const settings = { model, codec, threads, providers, maxStreams: 1 };
    return new MagpieVoice(options, await openMagpie(settings));
  }

  private constructor(options: MagpieVoiceOptions, { engine, text }: OpenedMagpie) {
    this.#options = options;
    this.#engine = engine;
    this.#text = text;
    this.model = basename(resolve(options.model));
  }

  speak(text: string, signal: AbortSignal): Promise<Speech> {
    const { voices } = this.#engine.manifest;
    const voice = findVoice(this.#options.voice ?? "0", voices);
    const { languages } = this.#text;
    const language = findLanguage(this.#options.language ?? english, languages);
    const chunks = this.#chunksOf(text, language);
    if (chunks.length === 0) {
      throw new AppError("invalid-request", "the text has nothing that can be spoken");
    }
    let details: SpeechDetails | null = null;
    const samples = this.#samplesOf(chunks, voices.indexOf(voice), signal, (found) => {
      details = found;
    });
    const { sampleRate } = this.#engine;
    return Promise.resolve({ voice, language, sampleRate, samples, details: () => details });
  }

  close(): Promise<void> {
    return this.#engine.close();
  }

  #chunksOf(text: string, language: string): { ids: number[] }[] {
    const front = this.#text;
    if (this.#options.isRaw) {
      const ids = front.encode(text, language);
      return ids.length === 0 ? [] : [{ ids: [...ids, front.endId] }];
    }
    const { maxTextPositions, inference } = this.#engine.manifest;
    const longest = maxTextPositions - inference.historyLength;
    return fittingChunks(toSpoken(text, { language }), { front, language, longest });
  }

  async *#samplesOf(
    chunks: readonly { ids: number[] }[],
    voice: number,
    signal: AbortSignal,
    onDetails: (details: SpeechDetails) => void,
  ): AsyncGenerator<Int16Array> {
    const { seed, temperature, isGreedy, hasCache, isLive } = this.#options;
    const quality = isLive ? "fast-start" : "batch";
    const sampling = { seed, temperature, isGreedy, hasCache, quality } as const;
    for await (const part of this.#engine.synthesize({ ...sampling, chunks, voice, signal })) {
      if (part.type === "audio") {
        yield toPcm(part.samples);
        continue;
      }
      const { codes, attended, end } = part;
      onDetails({ textIds: chunks.flatMap(({ ids }) => ids), codes, attended, end });
    }
  }
}
