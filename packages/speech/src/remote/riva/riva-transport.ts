import { SampleJoiner } from "@parley/audio/sample-joiner";
import { AppError } from "@parley/shared/errors";
import { z } from "zod";
import { AnswerTimeout } from "../answer-timeout";
import type { RemoteDescription } from "../remote-description";
import { voiceAt } from "../remote-machine";
import type { RemoteSettings } from "../remote-settings";
import type { RemoteReply, RemoteText, RemoteTransport } from "../remote-transport";
import { RivaClient } from "./riva-client";
import { rivaLimits } from "./riva-limits";
import { rivaServices } from "./riva-services";
import { rivaVoiceDescription } from "./riva-voice-description";

const partSchema = z.object({ audio: z.instanceof(Uint8Array) });

function clientFor({ url, apiKey }: RemoteSettings): RivaClient {
  const service = rivaServices.synthesis;
  return new RivaClient({ url, apiKey, machine: voiceAt(url), service });
}

/** Asks Riva for its voices. @throws AppError that names the machine; the signal's reason */
export async function describeRivaVoice(
  settings: RemoteSettings,
  signal: AbortSignal,
): Promise<RemoteDescription> {
  const { url, clock, model, voices } = settings;
  const client = clientFor(settings);
  try {
    const timeout = new AnswerTimeout({ machine: voiceAt(url), clock, signal });
    const answer = client.ask("GetRivaSynthesisConfig", {}, signal);
    return rivaVoiceDescription(await timeout.wait(answer), model, voices);
  } catch (error) {
    if (!RivaClient.isMissing(error)) throw error;
    return rivaVoiceDescription(null, model, voices);
  } finally {
    client.close();
  }
}

/** Riva's `SynthesizeOnline`, one call for each text; all share one connection. */
export class RivaTransport implements RemoteTransport {
  readonly #settings: RemoteSettings;
  readonly #client: RivaClient;

  constructor(settings: RemoteSettings) {
    this.#settings = settings;
    this.#client = clientFor(settings);
  }

  reply(signal: AbortSignal): RemoteReply {
    return { speak: (text) => this.#speak(text, signal), end: () => undefined };
  }

  close(): void {
    this.#client.close();
  }

  async *#speak(text: RemoteText, signal: AbortSignal): AsyncGenerator<Int16Array, void, void> {
    const { url, clock } = this.#settings;
    const timeout = new AnswerTimeout({ machine: voiceAt(url), clock, signal });
    signal.throwIfAborted();
    const call = this.#client.read("SynthesizeOnline", {
      text: text.text,
      language_code: text.language,
      encoding: "LINEAR_PCM",
      sample_rate_hz: rivaLimits.sampleRate,
      voice_name: text.voice,
    });
    const joiner = new SampleJoiner();
    try {
      for await (const part of timeout.each<unknown>(call)) {
        const { data } = partSchema.safeParse(part);
        if (data !== undefined) yield joiner.push(data.audio);
      }
    } catch (error) {
      signal.throwIfAborted();
      throw error instanceof AppError ? error : this.#client.failure(error);
    } finally {
      // Also reached when the consumer stops reading.
      call.cancel();
    }
  }
}
