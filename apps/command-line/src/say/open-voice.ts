import { pronunciationDirectory } from "@parley/models/pronunciation-directory";
import { resolveCodec, resolveVoice } from "@parley/models/resolve-voice";
import { isKokoroFolder } from "@parley/speech/kokoro/is-kokoro-folder";
import { openKokoro } from "@parley/speech/kokoro/open-kokoro";
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
  const folder = await resolveVoice(model, { environment, signal });
  const compute = { threads: options.threads, providers: options.provider };
  if (await isKokoroFolder(folder)) {
    const pronunciation = pronunciationDirectory(environment);
    const synthesizer = await openKokoro({ model: folder, pronunciation, ...compute }, signal);
    return new SynthesizerVoice({ synthesizer, voice, language });
  }
  return await MagpieVoice.open({
    model: folder,
    codec: await resolveCodec(options.codec ?? null, { environment, signal }),
    ...compute,
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
