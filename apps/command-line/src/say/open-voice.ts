import { resolveVoice } from "@parley/models/resolve-voice";
import type { CommandContext } from "../command-context";
import { MagpieVoice } from "./magpie-voice";
import type { SayOptions } from "./say-options";
import { ServiceVoice } from "./service-voice";
import { SynthesizerVoice } from "./synthesizer-voice";
import type { Voice } from "./voice";

/**
 * Opens the voice that the options select: a Magpie model, a remote engine, or Flite.
 *
 * @param isLive whether the sound is played while it is synthesised
 */
export async function openVoice(
  options: SayOptions,
  { environment, openSynthesizer }: CommandContext,
  { isLive, signal }: { isLive: boolean; signal: AbortSignal },
): Promise<Voice> {
  const { model, url, voice = null, language = null, seed = null, temperature = null } = options;
  if (url !== undefined) return new ServiceVoice({ url, voice, language, seed, temperature });
  if (model === undefined) {
    const synthesizer = await openSynthesizer(signal);
    return new SynthesizerVoice({ synthesizer, voice, language });
  }
  const folders = await resolveVoice(model, options.codec ?? null, { environment, signal });
  return await MagpieVoice.open({
    ...folders,
    threads: options.threads,
    providers: options.provider,
    voice,
    language,
    seed: seed ?? 0,
    temperature,
    isGreedy: options.greedy === true,
    hasCache: options.cache !== "off",
    isRaw: options.raw === true,
    isLive,
  });
}
