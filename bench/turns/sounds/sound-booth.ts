import { joinSamples } from "@parley/audio/join-samples";
import { speechRate } from "@parley/shared/audio/speech-rate";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { trimSilence } from "@parley/speech/synthesis/trim-silence";
import type { PersonRecording } from "@parley/speech/testing/people";
import { atSpokenLevel, headsetLevelDb } from "../../builtin/sounds/levels";
import type { SceneSound } from "../scenes/scene";
import { noise } from "./noises";
import { pauseWithin } from "./pause-within";

/** Speech whose pauses are known: it alternates, and begins and ends with sound. */
export type SpokenParts = { samples: Int16Array; parts: { fromMs: number; toMs: number }[] };

/** Every sample that could be speech counts as speech: no silence is kept. */
export const bare = { level: 120, keptBeforeMs: 0, keptAfterMs: 0 };

/** Makes the sounds of scenes; what was made once is kept. */
export class SoundBooth {
  readonly #synthesizer: Synthesizer;
  readonly #recordings: ReadonlyMap<string, PersonRecording>;
  readonly #made = new Map<string, SpokenParts>();

  constructor(synthesizer: Synthesizer, recordings: readonly PersonRecording[]) {
    this.#synthesizer = synthesizer;
    this.#recordings = new Map(recordings.map((recording) => [recording.file, recording]));
  }

  /**
   * @param voice of the synthesiser, where the sound is speech
   * @param levelDb above usual speech
   */
  async make(sound: SceneSound, voice: string, levelDb = 0): Promise<SpokenParts> {
    const key = JSON.stringify([sound, voice, levelDb]);
    const made = this.#made.get(key) ?? atLevel(await this.#record(sound, voice), levelDb, sound);
    this.#made.set(key, made);
    return made;
  }

  async #record(sound: SceneSound, voice: string): Promise<SpokenParts> {
    switch (sound.type) {
      case "speech":
        return await this.#speak(sound.text, voice);
      case "noise":
        return inParts([noise(sound.name)], []);
      case "recording": {
        const recording = this.#recordings.get(sound.file);
        if (recording === undefined) throw new Error(`there is no recording ${sound.file}`);
        const samples = trimSilence(recording.samples, speechRate, bare);
        const { pauseMs } = sound;
        if (pauseMs === undefined) return inParts([samples], []);
        return inParts(pauseWithin(samples), [pauseMs]);
      }
    }
  }

  /** Each part is spoken by itself, with the melody of a comma where more follows. */
  async #speak(text: string, voice: string): Promise<SpokenParts> {
    const pieces = text.split(/\s*\[([\d.]+)\]\s*/);
    const words = pieces.filter((_, at) => at % 2 === 0);
    const pausesMs = pieces
      .filter((_, at) => at % 2 === 1)
      .map((seconds) => 1_000 * Number(seconds));
    const parts: Int16Array[] = [];
    for (const part of words) {
      const isOpen = parts.length < pausesMs.length && !/[.,!?]$/.test(part);
      parts.push(await this.#speakPart(isOpen ? `${part},` : part, voice));
    }
    return inParts(parts, pausesMs);
  }

  async #speakPart(text: string, voice: string): Promise<Int16Array> {
    const { signal } = new AbortController();
    const clauses = async function* () {
      yield await Promise.resolve(text);
    };
    const pieces: Int16Array[] = [];
    for await (const part of this.#synthesizer.speak({ clauses: clauses(), voice, signal })) {
      if (part.type === "error") throw part.error;
      if (part.type === "audio") pieces.push(part.samples);
    }
    return trimSilence(joinSamples(pieces), speechRate, bare);
  }
}

function inParts(parts: readonly Int16Array[], pausesMs: readonly number[]): SpokenParts {
  const pieces: Int16Array[] = [];
  const spans: SpokenParts["parts"] = [];
  let atMs = 0;
  for (const [index, part] of parts.entries()) {
    const toMs = atMs + (1_000 * part.length) / speechRate;
    spans.push({ fromMs: atMs, toMs });
    const pauseMs = pausesMs[index] ?? 0;
    pieces.push(part, new Int16Array(Math.round((pauseMs * speechRate) / 1_000)));
    atMs = toMs + pauseMs;
  }
  return { samples: joinSamples(pieces), parts: spans };
}

function atLevel(made: SpokenParts, levelDb: number, { type }: SceneSound): SpokenParts {
  // Noises have their own level.
  if (type === "noise") return made;
  return { ...made, samples: atSpokenLevel(made.samples, headsetLevelDb + levelDb) };
}
