import type { Clock } from "@parley/shared/async/clock";
import type { ChatModel, ChatPart, ChatRequest } from "../../contracts/chat-model";
import { hear, type Intent } from "./heard";
import { arithmetic } from "./intents/arithmetic";
import { counting } from "./intents/counting";
import { fallback } from "./intents/fallback";
import { followUp } from "./intents/follow-up";
import { joke } from "./intents/joke";
import { memory } from "./intents/memory";
import { name } from "./intents/name";
import { self } from "./intents/self";
import { greeting, smallTalk } from "./intents/small-talk";
import { spelling } from "./intents/spelling";
import { story } from "./intents/story";
import { timeAndDate } from "./intents/time-and-date";

/** In order of precedence: the first intent with an answer wins. */
const intents: readonly Intent[] = [
  spelling,
  counting,
  story,
  joke,
  arithmetic,
  name,
  memory,
  timeAndDate,
  self,
  followUp,
  smallTalk,
  greeting,
];

/**
 * Rule-based chat model for a first start without a language model. Its matching tolerates the errors
 * of a weak recogniser.
 */
export class ScriptedBrain implements ChatModel {
  readonly name = "scripted brain";
  readonly #clock: Clock;
  readonly #timeZone: string;

  /** @param options.timeZone an IANA name such as "Europe/Berlin" */
  constructor(options: { clock: Clock; timeZone: string }) {
    this.#clock = options.clock;
    this.#timeZone = options.timeZone;
  }

  async *reply({ messages, signal }: ChatRequest): AsyncGenerator<ChatPart, void, void> {
    const nowMs = this.#clock.now();
    const heard = hear(messages, { nowMs, timeZone: this.#timeZone });
    if (heard !== null) {
      const answer = firstAnswer(intents, heard) ?? fallback(heard);
      for (const text of answer.match(/\s*\S+/g) ?? []) {
        if (signal.aborted) return;
        yield { type: "text-delta", text };
      }
    }
    await Promise.resolve();
    yield { type: "finish" };
  }
}

function firstAnswer(candidates: readonly Intent[], heard: Parameters<Intent>[0]): string | null {
  for (const intent of candidates) {
    const answer = intent(heard);
    if (answer !== null) return answer;
  }
  return null;
}
