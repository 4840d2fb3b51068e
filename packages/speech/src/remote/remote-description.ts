import { childController } from "@parley/shared/async/abort";
import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { Patience } from "./patience";
import { configAddress, isStream } from "./remote-addresses";
import { badStatus, readErrorBody, unreachable } from "./remote-failure";
import type { RemoteSettings } from "./remote-settings";

/** What is known of the other machine before it speaks. */
export type RemoteDescription = {
  engine: string;
  /** The default first. */
  voices: readonly string[];
  /** BCP 47 tags, the default first. */
  languages: readonly string[];
  /** Hz. */
  sampleRate: number;
  /** It told of itself, so it takes more than OpenAI's own fields. */
  takesDetails: boolean;
};

const configSchema = z.object({
  engine: z.string().optional().catch(undefined),
  sample_rate: z.int().min(8_000).max(192_000).optional().catch(undefined),
  voices: z.array(z.string()).catch([]),
  default_voice: z.string().optional().catch(undefined),
  languages: z.array(z.string()).catch([]),
  default_language: z.string().optional().catch(undefined),
});

/** OpenAI's own, whose service tells neither its voices nor its rate. */
const openAi = {
  languages: ["en"],
  voices: ["alloy", "ash", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer"],
  sampleRate: 24_000,
};
/** The voice bot's: Magpie with NanoCodec. */
const voiceBot = {
  engine: "Magpie",
  voices: ["aria", "john", "sofia", "jason", "leo"],
  languages: ["en", "es", "de", "fr", "vi", "it", "zh"],
  sampleRate: 22_000,
};
/** Answers of a server that knows no such question. */
const unknownStatuses = [400, 404, 405];
/** A machine that starts beside this one may take a while to load its model. */
const waitsMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000];

/**
 * Asks the other machine who speaks there, again and again for a minute while it cannot be reached
 * or still loads.
 *
 * @throws AppError `agent-unavailable` or `timeout` that names the host; the signal's reason
 */
export async function describeRemote(
  settings: RemoteSettings,
  signal: AbortSignal,
): Promise<RemoteDescription> {
  for (const waitMs of waitsMs) {
    try {
      return await ask(settings, signal);
    } catch (error) {
      if (!(error instanceof AppError) || !error.isRetryable) throw error;
    }
    await settings.clock.delay(waitMs, signal);
  }
  return ask(settings, signal);
}

async function ask(settings: RemoteSettings, signal: AbortSignal): Promise<RemoteDescription> {
  const { url, apiKey, clock } = settings;
  const { host } = url;
  const request = childController(signal);
  const patience = new Patience({ host, clock, signal });
  try {
    const answer = fetch(configAddress(url), {
      headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
      signal: request.signal,
    });
    const told = answer.then(async (response) => ({ response, text: await response.text() }));
    const { response, text } = await patience.wait(told);
    if (response.ok) return described(settings, text);
    if (unknownStatuses.includes(response.status)) return described(settings, null);
    throw badStatus(host, response.status, readErrorBody(text));
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AppError ? error : unreachable(host, error);
  } finally {
    request.abort();
  }
}

/** @param text the answer; null when there was none */
function described(settings: RemoteSettings, text: string | null): RemoteDescription {
  const config = readConfig(text);
  const usual = isStream(settings.url) ? voiceBot : { ...openAi, engine: settings.model };
  const told = config?.voices ?? [];
  const voices = settings.voices ?? (told.length > 0 ? told : usual.voices);
  const languages = config?.languages ?? [];
  return {
    engine: config?.engine ?? usual.engine,
    voices: settings.voices ?? withFirst(voices, config?.default_voice),
    languages: withFirst(
      languages.length > 0 ? languages : usual.languages,
      config?.default_language,
    ),
    sampleRate: config?.sample_rate ?? usual.sampleRate,
    takesDetails: config !== null,
  };
}

/** @returns null for what tells nothing of a voice, such as a page */
function readConfig(text: string | null): z.infer<typeof configSchema> | null {
  if (text === null) return null;
  try {
    return configSchema.safeParse(JSON.parse(text)).data ?? null;
  } catch {
    return null;
  }
}

function withFirst(names: readonly string[], first: string | undefined): readonly string[] {
  if (first === undefined || !names.includes(first)) return names;
  return [first, ...names.filter((name) => name !== first)];
}
