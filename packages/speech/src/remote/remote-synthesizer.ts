import { setMaxListeners } from "node:events";
import { AppError } from "@parley/shared/errors";
import type { SynthesisPart, SynthesisRequest, Synthesizer } from "../contracts/synthesizer";
import { knownName } from "../synthesis/known-name";
import { SpokenClauses } from "../spoken/spoken-clauses";
import { spokenReply } from "../synthesis/spoken-reply";
import { synthesisSteps } from "../synthesis/synthesis-steps";
import { isStream } from "./remote-addresses";
import { describeRemote, type RemoteDescription } from "./remote-description";
import type { RemoteDoor, RemoteSettings, RemoteText } from "./remote-settings";
import { SpeechDoor } from "./speech-door";
import { StreamDoor } from "./stream-door";

/** As much as OpenAI takes at once; longer clauses go in pieces. */
const maxTextCharacters = 4_000;

/**
 * A voice on another machine. Each clause goes there as a text of its own, so where it begins and
 * ends in the sound is exact, not an estimate. A reply that fails ends with an error; the next one
 * connects anew.
 */
export class RemoteSynthesizer implements Synthesizer {
  readonly name: string;
  readonly voices: readonly string[];
  readonly languages: readonly string[];
  readonly sampleRate: number;
  readonly #door: RemoteDoor;
  readonly #closing = new AbortController();

  /**
   * Waits up to a minute for a machine that starts at the same time.
   *
   * @throws AppError `agent-unavailable` or `timeout` that names its host; the signal's reason
   */
  static async open(settings: RemoteSettings, signal: AbortSignal): Promise<RemoteSynthesizer> {
    const description = await describeRemote(settings, signal);
    const door = isStream(settings.url)
      ? new StreamDoor(settings, description)
      : new SpeechDoor(settings, description);
    return new RemoteSynthesizer(
      `${description.engine} at ${settings.url.host}`,
      description,
      door,
    );
  }

  private constructor(name: string, description: RemoteDescription, door: RemoteDoor) {
    this.name = name;
    this.voices = description.voices;
    this.languages = description.languages;
    this.sampleRate = description.sampleRate;
    this.#door = door;
    // Every reply listens to it; the usual warning is about leaks.
    setMaxListeners(0, this.#closing.signal);
  }

  speak(request: SynthesisRequest): AsyncGenerator<SynthesisPart, void, void> {
    return spokenReply(request.signal, (leaving) => {
      // Closing ends the reply on the other machine, too.
      const closing = this.#closing.signal;
      const onClose = () => {
        leaving.abort(closing.reason);
      };
      if (closing.aborted) onClose();
      else closing.addEventListener("abort", onClose, { signal: leaving.signal });
      return this.#parts(request.clauses, this.#manner(request), leaving.signal);
    });
  }

  close(): Promise<void> {
    this.#closing.abort(new AppError("invalid-state", "The synthesiser is closed."));
    this.#door.close();
    return Promise.resolve();
  }

  /** @throws AppError `invalid-request` for a voice or a language that there is not */
  #manner(request: SynthesisRequest): Omit<RemoteText, "text"> {
    return {
      voice: knownName("voice", request.voice === "" ? undefined : request.voice, this.voices),
      language: knownName("language", request.language, this.languages),
      quality: request.quality ?? "fast-start",
      seed: request.seed ?? null,
      temperature: request.temperature ?? null,
    };
  }

  async *#parts(
    clauses: AsyncIterable<string>,
    manner: Omit<RemoteText, "text">,
    signal: AbortSignal,
  ): AsyncGenerator<SynthesisPart, void, void> {
    const reply = this.#door.reply(signal);
    const spoken = new SpokenClauses({ language: manner.language });
    for await (const clause of clauses) {
      yield { type: "clause-start", text: clause };
      // Nothing is asked for what has no words: the reference server would never answer.
      for (const text of synthesisSteps(spoken.of(clause), maxTextCharacters)) {
        for await (const samples of reply.speak({ ...manner, text })) {
          if (samples.length > 0) yield { type: "audio", samples };
        }
      }
      yield { type: "clause-end" };
    }
    reply.end();
  }
}
