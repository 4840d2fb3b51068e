import { AppError } from "@parley/shared/errors";
import type { WorkerDirectory } from "../contracts/inference-worker";
import { inferenceAddress } from "./inference-address";

/** A sentence on a busy machine without a graphics card, with the wait for others. */
const speechTimeoutMs = 20_000;

export type SpeechOrder = {
  text: string;
  /** Empty for the default. */
  voice: string;
  /** Empty for the voice's first. */
  language: string;
};

/** HTTP client for the inference server's speech, `POST /v1/audio/speech`. */
export class InferenceSpeech {
  readonly #directory: Pick<WorkerDirectory, "workers">;
  readonly #headers: Record<string, string>;

  /** @param key the key that both servers share; null where none is needed */
  constructor(directory: Pick<WorkerDirectory, "workers">, key: string | null) {
    this.#headers = {
      "content-type": "application/json",
      ...(key === null ? {} : { authorization: `Bearer ${key}` }),
    };
    this.#directory = directory;
  }

  /**
   * @returns an MP3 file: unlike WAVE it plays without a length at its head, which speech under way lacks
   * @throws AppError `agent-unavailable` when the voice cannot be reached, refuses, or is too slow
   */
  async speak({ text, voice, language }: SpeechOrder, signal: AbortSignal): Promise<Buffer> {
    const address = `${inferenceAddress(this.#directory)}/v1/audio/speech`;
    const order = {
      input: text,
      response_format: "mp3",
      ...(voice === "" ? {} : { voice }),
      ...(language === "" ? {} : { language }),
    };
    try {
      const response = await fetch(address, {
        method: "POST",
        headers: this.#headers,
        body: JSON.stringify(order),
        redirect: "error",
        signal: AbortSignal.any([signal, AbortSignal.timeout(speechTimeoutMs)]),
      });
      if (!response.ok) throw new Error(`inference answered ${response.status}`);
      return Buffer.from(await response.arrayBuffer());
    } catch (cause) {
      throw new AppError("agent-unavailable", "The voice does not answer.", {
        cause,
        isRetryable: true,
      });
    }
  }
}
