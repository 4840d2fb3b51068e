import type { Clock } from "@parley/shared/async/clock";
import type { ChatMessage, ChatPart } from "../../contracts/chat-model";
import type { SessionEngines } from "../engines";
import { Replier } from "./replier";
import type { SessionSettings } from "../settings";
import { SpokenReply, type SpokenReplyOptions } from "./spoken-reply";

/** A reply in the making, and what it answers: it may be heard only while that still holds. */
export type PreparedReply = {
  /** Equal for equal conversations. */
  basis: string;
  replier: Replier;
  /** It has the floor; its first audio is about to be heard. */
  isReleased: boolean;
};

/** Starts replies with everything they need. */
export class ReplyMaker {
  readonly #engines: SessionEngines;
  readonly #voice: string;
  readonly #clock: Clock;
  readonly #settings: SessionSettings;
  readonly #signal: AbortSignal;

  constructor(options: {
    engines: SessionEngines;
    voice: string;
    clock: Clock;
    settings: SessionSettings;
    signal: AbortSignal;
  }) {
    this.#engines = options.engines;
    this.#voice = options.voice;
    this.#clock = options.clock;
    this.#settings = options.settings;
    this.#signal = options.signal;
  }

  /** Asks the chat model. */
  answer(basis: string, messages: readonly ChatMessage[]): PreparedReply {
    const { chatModel } = this.#engines;
    return this.#prepare(basis, (signal) => chatModel.reply({ messages, signal }));
  }

  /** Says a text that is given. */
  say(basis: string, text: string): PreparedReply {
    return this.#prepare(basis, () => oneText(text));
  }

  /** A prepared reply begins to be heard. */
  begin(
    { replier }: PreparedReply,
    options: Pick<SpokenReplyOptions, "turn" | "conversation" | "output" | "onChanged">,
  ): SpokenReply {
    return new SpokenReply({
      ...options,
      replier,
      clock: this.#clock,
      settings: this.#settings,
      sampleRate: this.#engines.synthesizer.sampleRate,
    });
  }

  #prepare(basis: string, source: (signal: AbortSignal) => AsyncIterable<ChatPart>): PreparedReply {
    const replier = new Replier({
      source,
      synthesizer: this.#engines.synthesizer,
      voice: this.#voice,
      clock: this.#clock,
      settings: this.#settings,
      signal: this.#signal,
    });
    return { basis, replier, isReleased: false };
  }
}

async function* oneText(text: string): AsyncGenerator<ChatPart> {
  await Promise.resolve();
  yield { type: "text-delta", text };
  yield { type: "finish" };
}
