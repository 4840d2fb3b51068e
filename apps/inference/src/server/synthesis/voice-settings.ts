import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { findLanguage, findVoice } from "@parley/speech/synthesis/find-voice";

export type RequestedVoice = {
  voice?: string | null | undefined;
  language?: string | null | undefined;
};
export type VoiceSettings = { voice: string; language: string };

/** Synthesisers that tell no languages speak this one. */
const english: readonly string[] = ["en"];

export function languagesOf(synthesizer: Synthesizer): readonly string[] {
  return synthesizer.languages ?? english;
}

/**
 * @param defaultVoice spoken where none is named, if the synthesiser has it
 * @throws AppError `invalid-request` that names the voices or languages there are
 */
export function voiceSettings(
  wish: RequestedVoice,
  synthesizer: Synthesizer,
  defaultVoice: string,
): VoiceSettings {
  const { voices } = synthesizer;
  const languages = languagesOf(synthesizer);
  const usual = voices.includes(defaultVoice) ? defaultVoice : (voices[0] ?? "");
  return {
    voice: wish.voice == null || wish.voice === "" ? usual : findVoice(wish.voice, voices),
    language:
      wish.language == null || wish.language === ""
        ? (languages[0] ?? "en")
        : findLanguage(wish.language, languages),
  };
}
