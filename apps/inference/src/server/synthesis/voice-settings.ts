import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { findLanguage, findVoice } from "@parley/speech/synthesis/find-voice";

export type RequestedVoice = {
  voice?: string | null | undefined;
  language?: string | null | undefined;
};
export type VoiceSettings = { voice: string; language: string };

/** Languages of a synthesiser that lists none. */
const english: readonly string[] = ["en"];

export function languagesOf(synthesizer: Synthesizer): readonly string[] {
  return synthesizer.languages ?? english;
}

/**
 * Resolves a requested voice and language against the synthesiser's own.
 *
 * @param defaultVoice used where none is requested, if the synthesiser has it
 * @throws AppError `invalid-request` that lists the voices or languages there are
 */
export function voiceSettings(
  requested: RequestedVoice,
  synthesizer: Synthesizer,
  defaultVoice: string,
): VoiceSettings {
  const { voices } = synthesizer;
  const languages = languagesOf(synthesizer);
  const usual = voices.includes(defaultVoice) ? defaultVoice : (voices[0] ?? "");
  return {
    voice:
      requested.voice == null || requested.voice === ""
        ? usual
        : findVoice(requested.voice, voices),
    language:
      requested.language == null || requested.language === ""
        ? (languages[0] ?? "en")
        : findLanguage(requested.language, languages),
  };
}
