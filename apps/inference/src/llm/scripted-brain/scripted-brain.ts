import type { Clock } from "@parley/shared/async/clock";
import {
  silentAnswer,
  type ChatModel,
  type ChatPart,
  type ChatRequest,
} from "../../contracts/chat-model";
import { hear, type Heard, type Intent } from "./heard";
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
    const open = hear(messages, { nowMs, timeZone: this.#timeZone });
    for (const text of answerTo(open).match(/\s*\S+/g) ?? []) {
      if (signal.aborted) return;
      yield { type: "text-delta", text };
    }
    await Promise.resolve();
    yield { type: "finish" };
  }
}

/** Answers everybody who asked; the lines without an answer, only where there is no other. */
function answerTo(open: readonly Heard[]): string {
  const answers = open.flatMap((heard) => firstAnswer(intents, heard) ?? []);
  const last = open.at(-1);
  if (answers.length > 0 || last === undefined) return [...new Set(answers)].join(" ");
  // Among several people what it does not understand is likelier meant for another.
  return last.isForEveryone ? silentAnswer : fallback(last);
}

function firstAnswer(candidates: readonly Intent[], heard: Parameters<Intent>[0]): string | null {
  for (const intent of candidates) {
    const answer = intent(heard);
    if (answer !== null) return answer;
  }
  return null;
}
