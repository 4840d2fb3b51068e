import { z } from "zod";
import type { RecognizerStreamOptions } from "../../contracts/recognizer";
import type { HostedStream } from "../../recognition/recognizer-host";
import { AnswerTimeout } from "../answer-timeout";
import type { EarDescription, RemoteEar } from "../recognition/remote-ear";
import type { RemoteRecognizerSettings } from "../recognition/remote-recognizer-settings";
import { recognizerAt } from "../remote-machine";
import { RivaClient } from "./riva-client";
import { rivaServices } from "./riva-services";
import { RivaStream } from "./riva-stream";

const configSchema = z.object({ model_config: z.array(z.object({ model_name: z.string() })) });

/** Riva's streaming recognition; all speakers share one connection. */
export class RivaEar implements RemoteEar {
  readonly #settings: RemoteRecognizerSettings;
  readonly #client: RivaClient;

  constructor(settings: RemoteRecognizerSettings) {
    const { url, apiKey } = settings;
    this.#settings = settings;
    const service = rivaServices.recognition;
    this.#client = new RivaClient({ url, apiKey, machine: recognizerAt(url), service });
  }

  async describe(signal: AbortSignal): Promise<EarDescription> {
    const { url, clock, model } = this.#settings;
    const timeout = new AnswerTimeout({ machine: recognizerAt(url), clock, signal });
    try {
      const answer = this.#client.ask("GetRivaSpeechRecognitionConfig", {}, signal);
      const config = configSchema.safeParse(await timeout.wait(answer)).data;
      const usual = config?.model_config[0]?.model_name ?? "Riva";
      return { engine: model === "" ? usual : model, doubtfulBelow: undefined };
    } catch (error) {
      if (!RivaClient.isMissing(error)) throw error;
      return { engine: model === "" ? "Riva" : model, doubtfulBelow: undefined };
    }
  }

  open(options: RecognizerStreamOptions): Promise<HostedStream> {
    return Promise.resolve(new RivaStream(this.#settings, this.#client, options));
  }

  close(): void {
    this.#client.close();
  }
}
