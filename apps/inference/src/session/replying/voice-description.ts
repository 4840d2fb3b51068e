import type { Synthesizer } from "@parley/speech/contracts/synthesizer";

/** @returns what a voice is, for one that speaks in its place */
export function voiceDescription(voice: Synthesizer): Omit<Synthesizer, "speak" | "close"> {
  const { name, voices, sampleRate } = voice;
  const languages = voice.languages === undefined ? {} : { languages: voice.languages };
  return { name, voices, sampleRate, ...languages };
}
