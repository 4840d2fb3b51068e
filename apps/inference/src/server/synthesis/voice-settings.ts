import { AppError } from "@parley/shared/errors";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { findLanguage, findVoice } from "@parley/speech/synthesis/find-voice";
import { standInVoice } from "@parley/speech/synthesis/stand-in-voices";

export type RequestedVoice = {
  voice?: string | null | undefined;
  language?: string | null | undefined;
  /** Refuses a voice's name that means nothing, for which the default voice speaks otherwise. */
  strict?: boolean | null | undefined;
};
export type VoiceSettings = { voice: string; language: string };

/** Languages of a synthesiser that lists none. */
const english: readonly string[] = ["en"];

export function languagesOf(synthesizer: Synthesizer): readonly string[] {
  return synthesizer.languages ?? english;
}

/**
 * Resolves a requested voice and language against the synthesiser's own. Names of OpenAI's and
 * Magpie's voices have stand-ins in every engine, since clients ask for them without being told.
 *
 * @param defaultVoice used where none is requested, if the synthesiser has it
 * @throws AppError `invalid-request` that lists the languages there are, or the voices if strict
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
        : (namedVoice(requested.voice, voices, requested.strict === true) ?? usual),
    language:
      requested.language == null || requested.language === ""
        ? (languages[0] ?? "en")
        : findLanguage(requested.language, languages),
  };
}

/** @returns null for a name that means nothing */
function namedVoice(wanted: string, voices: readonly string[], isStrict: boolean): string | null {
  try {
    return findVoice(wanted, voices);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const standIn = standInVoice(wanted, voices);
    if (standIn === null && isStrict) throw error;
    return standIn;
  }
}
