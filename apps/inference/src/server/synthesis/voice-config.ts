import { audioFormats, ownFormats } from "@parley/audio/encoding/encode-audio";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { foreignVoices, standInVoice } from "@parley/speech/synthesis/stand-in-voices";
import { maxInputCharacters, speeds } from "./openai-speech-request";
import { sampleRates } from "./synthesizer-messages";
import { languagesOf, voiceSettings } from "./voice-settings";

/** WebSocket path of the synthesiser, the reference server's. */
export const synthesizerPath = "/ws/tts/stream";

/** Body of `GET /v1/audio/config`: the voices, rates and formats that a client may request. */
export function voiceConfig(synthesizer: Synthesizer, defaultVoice: string, hasFfmpeg: boolean) {
  const usual = voiceSettings({}, synthesizer, defaultVoice);
  return {
    engine: synthesizer.name,
    sample_rate: synthesizer.sampleRate,
    sample_rates: [sampleRates.lowest, sampleRates.highest],
    channels: 1,
    encoding: "pcm_s16le",
    voices: synthesizer.voices,
    default_voice: usual.voice,
    languages: languagesOf(synthesizer),
    default_language: usual.language,
    formats: hasFfmpeg ? audioFormats : ownFormats,
    default_format: "mp3",
    speeds: [speeds.lowest, speeds.highest],
    max_input_characters: maxInputCharacters,
    stream_path: synthesizerPath,
    modes: ["batch", "stream"],
  };
}

/**
 * Body of `GET /v1/audio/voices`, as Open WebUI reads it.
 *
 * @returns the voices there are, and who speaks for the names of OpenAI's and Magpie's voices
 */
export function voiceList({ voices }: Synthesizer) {
  const aliases = foreignVoices
    .filter((name) => !voices.some((own) => own.toLowerCase() === name))
    .map((name) => [name, standInVoice(name, voices)]);
  return {
    voices: voices.map((name) => ({ id: name, name })),
    aliases: Object.fromEntries(aliases) as Record<string, string>,
  };
}
