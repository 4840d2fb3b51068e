import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { SampleJoiner } from "@parley/audio/sample-joiner";
import { failureMessage } from "../failures";
import type { Speech, Voice } from "./voice";

export type ServiceVoiceOptions = {
  /** The service, up to its host, its `/v1`, or its whole path. */
  url: URL;
  voice: string | null;
  language: string | null;
  seed: number | null;
  temperature: number | null;
};

const path = "/v1/audio/speech";
/** OpenAI's own, which does not tell it. */
const openAiRate = 24_000;
const rateSchema = z.coerce.number().int().min(1_000).max(192_000);
const errorSchema = z.object({ error: z.object({ message: z.string() }) });

/** `POST /v1/audio/speech` as OpenAI's clients call it. */
export class ServiceVoice implements Voice {
  readonly model: string;
  readonly #options: ServiceVoiceOptions;

  constructor(options: ServiceVoiceOptions) {
    this.#options = options;
    this.model = options.url.href;
  }

  async speak(text: string, signal: AbortSignal): Promise<Speech> {
    const { voice, language, seed, temperature } = this.#options;
    const address = addressOf(this.#options.url);
    const wish = { voice, language, seed, temperature };
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        model: "default",
        input: text,
        response_format: "pcm",
        ...Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== null)),
      }),
      signal,
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      const message = `${address.href}: ${failureMessage(cause)}`;
      throw new AppError("agent-unavailable", message, { cause });
    });
    if (!response.ok || response.body === null) {
      throw new AppError("agent-unavailable", `${address.href}: ${await reasonOf(response)}`);
    }
    const rate = rateSchema.safeParse(response.headers.get("x-sample-rate") ?? openAiRate);
    return {
      voice,
      language,
      sampleRate: rate.data ?? openAiRate,
      samples: samplesOf(response.body),
      details: () => null,
    };
  }

  close(): Promise<void> {
    return Promise.resolve();
  }
}

function addressOf(url: URL): URL {
  const base = url.href.replace(/\/+$/u, "");
  if (base.endsWith(path)) return new URL(base);
  return new URL(`${base.replace(/\/v1$/u, "")}${path}`);
}

async function* samplesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Int16Array> {
  const joiner = new SampleJoiner();
  for await (const bytes of body) yield joiner.push(bytes);
}

async function reasonOf(response: Response): Promise<string> {
  const text = await response.text();
  try {
    return errorSchema.parse(JSON.parse(text)).error.message;
  } catch {
    return `it answers with status ${response.status}`;
  }
}
