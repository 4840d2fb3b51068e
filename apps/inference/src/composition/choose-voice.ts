import { availableParallelism } from "node:os";
import { pronunciationDirectory } from "@parley/models/pronunciation-directory";
import { resolveCodec, resolveVoice } from "@parley/models/resolve-voice";
import { systemClock } from "@parley/shared/async/clock";
import type { VoiceChoice } from "@parley/speech/engines/open-synthesizer";
import { isKokoroFolder } from "@parley/speech/kokoro/is-kokoro-folder";
import type { Environment } from "../environment";

/** Replies that Magpie speaks at once; more are refused as busy. */
const maxVoiceStreams = 8;

/** The voice of another machine, of a model, or the one that ships with Parley. */
export async function chooseVoice(
  environment: Environment,
  signal: AbortSignal,
): Promise<VoiceChoice> {
  const { SYNTHESIZER_URL, SYNTHESIZER_MODEL, SYNTHESIZER_CODEC } = environment;
  if (SYNTHESIZER_URL !== undefined) {
    const settings = {
      url: new URL(SYNTHESIZER_URL),
      apiKey: environment.SYNTHESIZER_API_KEY ?? null,
      model: environment.SYNTHESIZER_REMOTE_MODEL,
      format: environment.SYNTHESIZER_REMOTE_FORMAT,
      voices: environment.SYNTHESIZER_REMOTE_VOICES ?? null,
      clock: systemClock,
    };
    return { type: "remote", settings };
  }
  if (SYNTHESIZER_MODEL === undefined) return { type: "flite" };
  const model = await resolveVoice(SYNTHESIZER_MODEL, { signal });
  const compute = {
    threads: Math.max(1, Math.floor(availableParallelism() / 2)),
    providers: environment.RECOGNIZER_PROVIDERS,
  };
  if (await isKokoroFolder(model)) {
    const pronunciation = pronunciationDirectory();
    return { type: "kokoro", settings: { model, pronunciation, ...compute } };
  }
  const codec = await resolveCodec(SYNTHESIZER_CODEC ?? null, { signal });
  const settings = { model, codec, ...compute, maxStreams: maxVoiceStreams };
  return { type: "magpie", settings };
}
