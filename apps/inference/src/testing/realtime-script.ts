import { loadSpeex } from "@parley/audio/resampling/speex";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import { FakeClock } from "@parley/shared/testing/fake-clock";
import {
  CharacterSynthesizer,
  noiseSample,
  soundActivity,
  WordCode,
  wordRecognizer,
} from "@parley/speech/testing/scripted-models";
import { readClientEvent } from "../server/realtime/events/client-events";
import type { ServerEvent } from "../server/realtime/events/server-events";
import { fromBeta } from "../server/realtime/beta/from-beta";
import { realtimeErrorFields } from "../server/realtime/realtime-error";
import { ClientRequests } from "../server/realtime/session/client-requests";
import { initialConfig } from "../server/realtime/session/realtime-config";
import { RealtimeSession } from "../server/realtime/session/realtime-session";
import { InputSound } from "../server/realtime/sound/input-sound";
import { defaultSessionSettings } from "../session/settings";
import { Timers } from "../session/tools/timers";
import { TranscriptTurnDetector } from "../turn/transcript-turn-detector";
import { ListedChatModel, type ListedAnswer } from "./listed-chat-model";

const frameMs = 20;
const frameSamples = 320;
const wordMs = 200;

/** A client of the Realtime API on a fake clock: says, sends, and gets events. */
export class RealtimeScript {
  readonly clock = new FakeClock();
  readonly events: ServerEvent[] = [];
  readonly chatModel: ListedChatModel;
  readonly session: RealtimeSession;
  readonly #code = new WordCode();
  readonly #requests: ClientRequests;
  readonly #controller = new AbortController();

  /**
   * @param answer what the chat model answers
   * @param recognizer in place of the one that hears what is said
   */
  static async open(
    answer: ListedAnswer = () => ["Very well."],
    recognizer?: Recognizer,
  ): Promise<RealtimeScript> {
    const config = initialConfig({ id: "sess_1", type: "realtime", model: "any", voice: "alloy" });
    const sound = await InputSound.open(config.audio.input.format);
    return new RealtimeScript({ answer, config, sound, recognizer, speex: await loadSpeex() });
  }

  private constructor(options: {
    answer: ListedAnswer;
    config: ReturnType<typeof initialConfig>;
    sound: InputSound;
    recognizer: Recognizer | undefined;
    speex: Awaited<ReturnType<typeof loadSpeex>>;
  }) {
    const { answer, config, sound, speex } = options;
    const { clock } = this;
    this.chatModel = new ListedChatModel(answer);
    const emit = (event: ServerEvent) => {
      this.events.push(structuredClone(event));
    };
    const recognizer = options.recognizer ?? wordRecognizer(this.#code);
    const synthesizer = new CharacterSynthesizer();
    const { signal } = this.#controller;
    this.session = new RealtimeSession({
      engines: {
        voiceActivityDetector: soundActivity(),
        recognizer,
        synthesizer,
        toolSets: [],
        turnDetector: new TranscriptTurnDetector(),
        chatModel: this.chatModel,
      },
      config,
      defaultVoice: "plain",
      timers: new Timers(clock),
      speex,
      clock,
      emit,
      signal,
      // Scripts begin with people who use no loudspeakers.
      settings: { ...defaultSessionSettings, echoWarmUpMs: 0 },
      onNotice: () => undefined,
    });
    this.#requests = new ClientRequests({
      session: this.session,
      recognizer,
      synthesizer,
      defaultVoice: "plain",
      sound,
      emit,
      signal,
    });
  }

  /** Sends an event, and lets time pass for what comes of it at once; refusals become errors. */
  async sends(event: object): Promise<void> {
    const progress = { isDone: false };
    const done = this.#requests
      .carryOut(readClientEvent(fromBeta(event)))
      .catch((error: unknown) => {
        this.events.push({ type: "error", error: realtimeErrorFields(error, null) });
      })
      .finally(() => {
        progress.isDone = true;
      });
    for (let waited = 0; !progress.isDone && waited < 20_000; waited += frameMs) {
      await this.clock.advance(frameMs);
    }
    await done;
  }

  /** Puts a line of the user's into the conversation. */
  async types(text: string, fields: object = {}): Promise<void> {
    const content = [{ type: "input_text", text }];
    const item = { type: "message", role: "user", content, ...fields };
    await this.sends({ type: "conversation.item.create", item });
  }

  /** Sends sound of words, 200 ms a word, as fast as it is heard. */
  async says(text: string): Promise<void> {
    for (const word of text.split(" ")) {
      for (let at = 0; at < wordMs; at += frameMs) await this.#hears(this.#code.sampleOf(word));
    }
  }

  /** Sends something loud that holds no word. */
  async coughs(ms: number): Promise<void> {
    for (let at = 0; at < ms; at += frameMs) await this.#hears(noiseSample);
  }

  /** Time passes, in which the client sends silence. */
  async passes(ms: number): Promise<void> {
    for (let at = 0; at < ms; at += frameMs) await this.#hears(0);
  }

  /** Hands sound of words to the session at once, however long it is. */
  pours(text: string): void {
    for (const word of text.split(" ")) {
      this.session.feed.push(
        new Int16Array((wordMs / frameMs) * frameSamples).fill(this.#code.sampleOf(word)),
      );
    }
  }

  /** Time passes until an event of the type has come, counted from the beginning. */
  async until<Type extends ServerEvent["type"]>(
    type: Type,
    count = 1,
  ): Promise<Extract<ServerEvent, { type: Type }>> {
    for (let waited = 0; waited < 60_000; waited += frameMs) {
      const event = this.all(type)[count - 1];
      if (event !== undefined) return event;
      await this.#hears(0);
    }
    throw new Error(`no ${type} number ${count} among ${this.eventTypes.join(", ")}`);
  }

  all<Type extends ServerEvent["type"]>(type: Type): Extract<ServerEvent, { type: Type }>[] {
    return this.events.filter(
      (event): event is Extract<ServerEvent, { type: Type }> => event.type === type,
    );
  }

  get eventTypes(): string[] {
    return this.events.map(({ type }) => type);
  }

  /** What the chat model was last asked, without the system prompt. */
  get lastRequest(): string[] {
    const messages = this.chatModel.requests.at(-1)?.messages ?? [];
    return messages.slice(1).map(({ role, content }) => `${role}: ${content}`);
  }

  close(): void {
    this.#controller.abort();
  }

  async #hears(sample: number): Promise<void> {
    this.session.feed.push(new Int16Array(frameSamples).fill(sample));
    await this.clock.advance(frameMs);
  }
}
