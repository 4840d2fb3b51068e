import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { SampleJoiner } from "@parley/audio/sample-joiner";
import { refusalReason, serviceAddress } from "../engine/speech-service";
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

/** Hz of OpenAI's own service, which sends no `x-sample-rate`. */
const openAiRate = 24_000;
const rateSchema = z.coerce.number().int().min(1_000).max(192_000);

/** A service of OpenAI's API, `POST /v1/audio/speech`. */
export class ServiceVoice implements Voice {
  readonly model: string;
  readonly #options: ServiceVoiceOptions;

  constructor(options: ServiceVoiceOptions) {
    this.#options = options;
    this.model = options.url.href;
  }

  async speak(text: string, signal: AbortSignal): Promise<Speech> {
    const { voice, language, seed, temperature } = this.#options;
    const address = serviceAddress(this.#options.url, "speech");
    const given = { voice, language, seed, temperature };
    const response = await fetch(address, {
      method: "POST",
      headers: { "content-type": "application/json" },
      body: JSON.stringify({
        model: "default",
        input: text,
        response_format: "pcm",
        ...Object.fromEntries(Object.entries(given).filter(([, value]) => value !== null)),
      }),
      signal,
    }).catch((error: unknown) => {
      signal.throwIfAborted();
      const cause = error instanceof Error ? (error.cause ?? error) : error;
      const message = `${address.href}: ${failureMessage(cause)}`;
      throw new AppError("agent-unavailable", message, { cause });
    });
    if (!response.ok || response.body === null) {
      const reason = refusalReason(response.status, await response.text());
      throw new AppError("agent-unavailable", `${address.href}: ${reason}`);
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

async function* samplesOf(body: AsyncIterable<Uint8Array>): AsyncGenerator<Int16Array> {
  const joiner = new SampleJoiner();
  for await (const bytes of body) yield joiner.push(bytes);
}
