import { childController } from "@parley/shared/async/abort";
import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { AnswerTimeout } from "./answer-timeout";
import { configAddress, isStream } from "./remote-addresses";
import { badStatus, readErrorBody, unreachable } from "./remote-failure";
import { voiceAt } from "./remote-machine";
import type { RemoteSettings } from "./remote-settings";

/** Voices, languages and rate of the other machine. */
export type RemoteDescription = {
  engine: string;
  /** The default first. */
  voices: readonly string[];
  /** BCP 47 tags, the default first. */
  languages: readonly string[];
  /** Hz. */
  sampleRate: number;
  /** Whether it takes language, seed and temperature; servers that describe themselves do. */
  takesDetails: boolean;
  /** The longest text that it takes at a time; OpenAI's limit unless given. */
  maxTextCharacters?: number;
};

const configSchema = z.object({
  engine: z.string().optional().catch(undefined),
  sample_rate: z.int().min(8_000).max(192_000).optional().catch(undefined),
  voices: z.array(z.string()).catch([]),
  default_voice: z.string().optional().catch(undefined),
  languages: z.array(z.string()).catch([]),
  default_language: z.string().optional().catch(undefined),
});

/** OpenAI's own service, which does not describe itself. */
const openAi = {
  languages: ["en"],
  voices: ["alloy", "ash", "coral", "echo", "fable", "nova", "onyx", "sage", "shimmer"],
  sampleRate: 24_000,
};
/** The voice bot: Magpie with NanoCodec. */
const voiceBot = {
  engine: "Magpie",
  voices: ["aria", "john", "sofia", "jason", "leo"],
  languages: ["en", "es", "de", "fr", "vi", "it", "zh"],
  sampleRate: 22_000,
};
/** Statuses of servers without a description. */
const undescribedStatuses = [400, 404, 405];
/** Waits between attempts: a machine started at the same time may still load its model. */
const retryWaitsMs = [500, 1_000, 2_000, 4_000, 8_000, 15_000, 15_000, 15_000];

type Describe = (settings: RemoteSettings, signal: AbortSignal) => Promise<RemoteDescription>;

/**
 * Asks the other machine for its description, and again for a minute while it cannot be reached or
 * still loads.
 *
 * @param describe how it is asked: by HTTP unless given
 * @throws AppError `agent-unavailable` or `timeout` that names the host; the signal's reason
 */
export async function describeRemote(
  settings: RemoteSettings,
  signal: AbortSignal,
  describe: Describe = requestDescription,
): Promise<RemoteDescription> {
  for (const waitMs of retryWaitsMs) {
    try {
      return await describe(settings, signal);
    } catch (error) {
      if (!(error instanceof AppError) || !error.isRetryable) throw error;
    }
    await settings.clock.delay(waitMs, signal);
  }
  return describe(settings, signal);
}

/** Asks by HTTP. @throws AppError that names the machine; the signal's reason */
export async function requestDescription(
  settings: RemoteSettings,
  signal: AbortSignal,
): Promise<RemoteDescription> {
  const { url, apiKey, clock } = settings;
  const machine = voiceAt(url);
  const controller = childController(signal);
  const timeout = new AnswerTimeout({ machine, clock, signal });
  try {
    const answer = fetch(configAddress(url), {
      headers: apiKey === null ? {} : { authorization: `Bearer ${apiKey}` },
      signal: controller.signal,
    });
    const described = answer.then(async (response) => ({ response, text: await response.text() }));
    const { response, text } = await timeout.wait(described);
    if (response.ok) return readDescription(settings, text);
    if (undescribedStatuses.includes(response.status)) return readDescription(settings, null);
    throw badStatus(machine, response.status, readErrorBody(text));
  } catch (error) {
    signal.throwIfAborted();
    throw error instanceof AppError ? error : unreachable(machine, error);
  } finally {
    controller.abort();
  }
}

/** @param text the answer; null when there is none */
function readDescription(settings: RemoteSettings, text: string | null): RemoteDescription {
  const config = readConfig(text);
  const usual = isStream(settings.url) ? voiceBot : { ...openAi, engine: settings.model };
  const declared = config?.voices ?? [];
  const voices = settings.voices ?? (declared.length > 0 ? declared : usual.voices);
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

/** @returns null for a text that is no description, such as an HTML page */
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
