import { childController } from "@parley/shared/async/abort";
import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { resample } from "@parley/audio/resampling/resample";
import { AnswerTimeout } from "./answer-timeout";
import { speechAddress } from "./remote-addresses";
import type { RemoteDescription } from "./remote-description";
import { badStatus, brokenOff, readErrorBody, unreachable } from "./remote-failure";
import { voiceAt } from "./remote-machine";
import type { RemoteSettings } from "./remote-settings";
import type { RemoteReply, RemoteText, RemoteTransport } from "./remote-transport";
import { readSpeech } from "./read-speech";

const rateSchema = z.coerce.number().int().min(8_000).max(192_000);
/** Content types of answers in another format than requested; as samples they would be noise. */
const wrongTypes = /^(?:text\/|application\/json|audio\/(?:mpeg|ogg|opus|flac|aac|mp4|webm))/iu;

/**
 * OpenAI's `POST /v1/audio/speech`, one request for each text
 * (https://platform.openai.com/docs/api-reference/audio/createSpeech).
 */
export class OpenAiTransport implements RemoteTransport {
  readonly #settings: RemoteSettings;
  readonly #description: RemoteDescription;

  constructor(settings: RemoteSettings, description: RemoteDescription) {
    this.#settings = settings;
    this.#description = description;
  }

  reply(signal: AbortSignal): RemoteReply {
    return { speak: (text) => this.#speak(text, signal), end: () => undefined };
  }

  close(): void {
    // Requests end with their replies.
  }

  async *#speak(text: RemoteText, signal: AbortSignal): AsyncGenerator<Int16Array, void, void> {
    const { url, clock } = this.#settings;
    const machine = voiceAt(url);
    const request = childController(signal);
    const timeout = new AnswerTimeout({ machine, clock, signal });
    try {
      const { body, pcmRate } = await timeout.wait(this.#request(text, request.signal));
      const { sampleRate, samples } = await readSpeech(timeout.each(body), pcmRate);
      yield* resample(samples, sampleRate, this.#description.sampleRate);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof AppError
        ? error
        : brokenOff(machine, "the connection was lost", error);
    } finally {
      // Also reached when the consumer stops reading.
      request.abort();
    }
  }

  async #request(
    text: RemoteText,
    signal: AbortSignal,
  ): Promise<{ body: AsyncIterable<Uint8Array>; pcmRate: number }> {
    const { url, apiKey } = this.#settings;
    const machine = voiceAt(url);
    const response = await fetch(speechAddress(url), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(this.#requestBody(text)),
      signal,
    }).catch((error: unknown) => {
      throw unreachable(machine, error);
    });
    if (!response.ok || response.body === null) {
      throw badStatus(machine, response.status, readErrorBody(await response.text()));
    }
    const type = response.headers.get("content-type") ?? "";
    if (wrongTypes.test(type)) throw brokenOff(machine, `it sent ${type}, not samples`);
    const declared = rateSchema.safeParse(response.headers.get("x-sample-rate") ?? undefined);
    return { body: response.body, pcmRate: declared.data ?? this.#description.sampleRate };
  }

  /** Other fields than OpenAI's only where the server is known to take them. */
  #requestBody({ text, voice, language, seed, temperature }: RemoteText): object {
    const { model, format } = this.#settings;
    const { takesDetails, sampleRate } = this.#description;
    return {
      model,
      input: text,
      voice,
      response_format: format,
      ...(takesDetails
        ? {
            language,
            seed: seed ?? undefined,
            temperature: temperature ?? undefined,
            // As it comes from the model: `pcm` would be converted to OpenAI's rate, and back here.
            sample_rate: sampleRate,
          }
        : {}),
    };
  }
}
