import { audioFormats, ownFormats } from "@parley/audio/encoding/encode-audio";
import type { Synthesizer } from "@parley/speech/contracts/synthesizer";
import { foreignVoices, standInVoice } from "@parley/speech/synthesis/stand-in-voices";
import { z } from "zod";
import { maxInputCharacters, speeds } from "./openai-speech-request";
import { sampleRates } from "./synthesizer-messages";
import { languagesOf, voiceSettings } from "./voice-settings";

/** WebSocket path of the synthesiser, the reference server's. */
export const synthesizerPath = "/ws/tts/stream";

const range = z.tuple([z.number(), z.number()]);

/** Body of `GET /v1/audio/config`: the voices, rates and formats that a client may request. */
export const voiceConfigSchema = z.object({
  engine: z.string(),
  sample_rate: z.int().describe("Of the voice itself, Hz."),
  sample_rates: range.describe("The lowest and the highest that can be asked for, Hz."),
  channels: z.literal(1),
  encoding: z.literal("pcm_s16le"),
  voices: z.array(z.string()).readonly(),
  default_voice: z.string(),
  languages: z.array(z.string()).readonly(),
  default_language: z.string(),
  formats: z.array(z.enum(audioFormats)).readonly(),
  default_format: z.literal("mp3"),
  speeds: range.describe("The lowest and the highest."),
  max_input_characters: z.int(),
  stream_path: z.literal(synthesizerPath),
  modes: z.array(z.enum(["batch", "stream"])),
});

export function voiceConfig(
  synthesizer: Synthesizer,
  defaultVoice: string,
  hasFfmpeg: boolean,
): z.infer<typeof voiceConfigSchema> {
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

/** Body of `GET /v1/audio/voices`, as Open WebUI reads it. */
export const voiceListSchema = z.object({
  voices: z.array(z.object({ id: z.string(), name: z.string() })),
  aliases: z
    .record(z.string(), z.string())
    .describe("Who speaks for the names of OpenAI’s and Magpie’s voices."),
});

export function voiceList({ voices }: Synthesizer): z.infer<typeof voiceListSchema> {
  const aliases = foreignVoices
    .filter((name) => !voices.some((own) => own.toLowerCase() === name))
    .map((name) => [name, standInVoice(name, voices)]);
  return {
    voices: voices.map((name) => ({ id: name, name })),
    aliases: Object.fromEntries(aliases) as Record<string, string>,
  };
}
