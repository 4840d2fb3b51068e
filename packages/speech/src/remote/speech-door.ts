import { childController } from "@parley/shared/async/abort";
import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { resample } from "@parley/audio/resampling/resample";
import { Patience } from "./patience";
import { speechAddress } from "./remote-addresses";
import type { RemoteDescription } from "./remote-description";
import { badStatus, brokenOff, readErrorBody, unreachable } from "./remote-failure";
import type { RemoteDoor, RemoteReply, RemoteSettings, RemoteText } from "./remote-settings";
import { readSpeech } from "./speech-sound";

const rateSchema = z.coerce.number().int().min(8_000).max(192_000);
/** What a server sends that did not do as it was asked; as samples it would be noise. */
const unheardOf = /^(?:text\/|application\/json|audio\/(?:mpeg|ogg|opus|flac|aac|mp4|webm))/iu;

/**
 * `POST /v1/audio/speech` in OpenAI's way, a request for each text
 * (https://platform.openai.com/docs/api-reference/audio/createSpeech).
 */
export class SpeechDoor implements RemoteDoor {
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
    // Requests end with the replies that made them.
  }

  async *#speak(text: RemoteText, signal: AbortSignal): AsyncGenerator<Int16Array, void, void> {
    const { url, clock } = this.#settings;
    const { host } = url;
    const request = childController(signal);
    const patience = new Patience({ host, clock, signal });
    try {
      const { body, pcmRate } = await patience.wait(this.#ask(text, request.signal));
      const { sampleRate, samples } = await readSpeech(patience.each(body), pcmRate);
      yield* resample(samples, sampleRate, this.#description.sampleRate);
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof AppError ? error : brokenOff(host, "the connection was lost", error);
    } finally {
      // Ends the request of whoever left, too.
      request.abort();
    }
  }

  async #ask(
    text: RemoteText,
    signal: AbortSignal,
  ): Promise<{ body: AsyncIterable<Uint8Array>; pcmRate: number }> {
    const { url, apiKey } = this.#settings;
    const response = await fetch(speechAddress(url), {
      method: "POST",
      headers: {
        "content-type": "application/json",
        ...(apiKey === null ? {} : { authorization: `Bearer ${apiKey}` }),
      },
      body: JSON.stringify(this.#wish(text)),
      signal,
    }).catch((error: unknown) => {
      throw unreachable(url.host, error);
    });
    if (!response.ok || response.body === null) {
      throw badStatus(url.host, response.status, readErrorBody(await response.text()));
    }
    const type = response.headers.get("content-type") ?? "";
    if (unheardOf.test(type)) throw brokenOff(url.host, `it sent ${type}, not samples`);
    const told = rateSchema.safeParse(response.headers.get("x-sample-rate") ?? undefined);
    return { body: response.body, pcmRate: told.data ?? this.#description.sampleRate };
  }

  /** Servers that know OpenAI's fields alone refuse any other. */
  #wish({ text, voice, language, seed, temperature }: RemoteText): object {
    const { model, format } = this.#settings;
    return {
      model,
      input: text,
      voice,
      response_format: format,
      ...(this.#description.takesDetails
        ? { language, seed: seed ?? undefined, temperature: temperature ?? undefined }
        : {}),
    };
  }
}
