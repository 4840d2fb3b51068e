import { setMaxListeners } from "node:events";
import { AppError } from "@parley/shared/errors";
import type { SynthesisPart, SynthesisRequest, Synthesizer } from "../contracts/synthesizer";
import { SpokenClauses } from "../spoken/spoken-clauses";
import { deliverParts } from "../synthesis/deliver-parts";
import { findLanguage, findVoice } from "../synthesis/find-voice";
import { synthesisSteps } from "../synthesis/synthesis-steps";
import { describeVoice } from "./describe-voice";
import { isStream } from "./remote-addresses";
import { describeRemote, type RemoteDescription } from "./remote-description";
import type { RemoteSettings } from "./remote-settings";
import type { RemoteText, RemoteTransport } from "./remote-transport";
import { RivaTransport } from "./riva/riva-transport";
import { isRiva } from "./riva/riva-address";
import { OpenAiTransport } from "./openai-transport";
import { StreamTransport } from "./stream-transport";

/** OpenAI's limit on a text; longer clauses are sent in pieces. */
const openAiTextCharacters = 4_000;
/** About a second of sound. */
const partsAhead = 4;

/**
 * A voice on another machine. Each clause is sent as a text of its own, so that its place in the
 * sound is exact. A reply that fails ends with an error; the next one opens a new connection.
 */
export class RemoteSynthesizer implements Synthesizer {
  readonly name: string;
  readonly voices: readonly string[];
  readonly languages: readonly string[];
  readonly sampleRate: number;
  readonly #transport: RemoteTransport;
  readonly #maxTextCharacters: number;
  readonly #closing = new AbortController();

  /**
   * Retries for up to a minute, for a machine that is started at the same time.
   *
   * @throws AppError `agent-unavailable` or `timeout` that names the host; the signal's reason
   */
  static async open(settings: RemoteSettings, signal: AbortSignal): Promise<RemoteSynthesizer> {
    const description = await describeRemote(settings, signal, describeVoice);
    const name = `${description.engine} at ${settings.url.host}`;
    return new RemoteSynthesizer(name, description, transportFor(settings, description));
  }

  private constructor(name: string, description: RemoteDescription, transport: RemoteTransport) {
    this.name = name;
    this.voices = description.voices;
    this.languages = description.languages;
    this.sampleRate = description.sampleRate;
    this.#maxTextCharacters = description.maxTextCharacters ?? openAiTextCharacters;
    this.#transport = transport;
    // Every reply adds a listener; Node would warn of a leak.
    setMaxListeners(0, this.#closing.signal);
  }

  speak(request: SynthesisRequest): AsyncGenerator<SynthesisPart, void, void> {
    return deliverParts({ signal: request.signal, partsAhead }, (controller) => {
      // Closing the synthesiser cancels the reply on the other machine, too.
      const closing = this.#closing.signal;
      const onClose = () => {
        controller.abort(closing.reason);
      };
      if (closing.aborted) onClose();
      else closing.addEventListener("abort", onClose, { signal: controller.signal });
      return this.#parts(request.clauses, this.#voiceSettings(request), controller.signal);
    });
  }

  close(): Promise<void> {
    this.#closing.abort(new AppError("invalid-state", "The synthesiser is closed."));
    this.#transport.close();
    return Promise.resolve();
  }

  /** @throws AppError `invalid-request` for an unknown voice or language */
  #voiceSettings(request: SynthesisRequest): Omit<RemoteText, "text"> {
    return {
      voice: findVoice(request.voice === "" ? undefined : request.voice, this.voices),
      language: findLanguage(request.language, this.languages),
      quality: request.quality ?? "fast-start",
      seed: request.seed ?? null,
      temperature: request.temperature ?? null,
    };
  }

  async *#parts(
    clauses: AsyncIterable<string>,
    settings: Omit<RemoteText, "text">,
    signal: AbortSignal,
  ): AsyncGenerator<SynthesisPart, void, void> {
    const reply = this.#transport.reply(signal);
    const spoken = new SpokenClauses({ language: settings.language });
    for await (const clause of clauses) {
      yield { type: "clause-start", text: clause };
      // A text without words is not sent: the reference server never answers it.
      for (const text of synthesisSteps(spoken.of(clause), this.#maxTextCharacters)) {
        for await (const samples of reply.speak({ ...settings, text })) {
          if (samples.length > 0) yield { type: "audio", samples };
        }
      }
      yield { type: "clause-end" };
    }
    reply.end();
  }
}

function transportFor(settings: RemoteSettings, description: RemoteDescription): RemoteTransport {
  if (isRiva(settings.url)) return new RivaTransport(settings);
  return isStream(settings.url)
    ? new StreamTransport(settings, description)
    : new OpenAiTransport(settings, description);
}
