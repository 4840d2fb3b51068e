import { findMark, tornLength } from "../answer/answer-marks";
import type { ChatChunk } from "./chat-chunk";

/** What may not stand at a joint: the next token brings its own space, or the rest of a character. */
const looseEnd = /[\s\uFFFD]+$/u;

/**
 * One piece of an answer that its length may end anywhere. Text is passed on as it comes; what a
 * joint would tear is kept back until it is known how the piece ends: a call of a tool, reasoning,
 * a control token, half a character, space.
 */
export class TornText {
  #passedOn = "";
  #kept = "";
  readonly #held: ChatChunk[] = [];

  /** Text that was passed on: the answer goes on behind it. */
  get passedOn(): string {
    return this.#passedOn;
  }

  /** There is something that has to come in one piece. */
  get isIndivisible(): boolean {
    return this.#held.length > 0;
  }

  /** @returns what can be passed on already */
  push(chunk: ChatChunk): ChatChunk[] {
    const isText = chunk.reasoning === "" && chunk.toolCalls.length === 0;
    if (this.isIndivisible || !isText) {
      this.#held.push({ ...chunk, content: this.#takeKept() + chunk.content });
      return [];
    }
    const text = this.#takeKept() + chunk.content;
    const mark = findMark(text);
    const end = mark?.index ?? text.length - tornLength(text);
    const whole = text.slice(0, end).replace(looseEnd, "");
    const rest = text.slice(whole.length);
    if (mark === null) this.#kept = rest;
    else this.#held.push({ ...chunk, content: rest });
    if (whole === "") return [];
    this.#passedOn += whole;
    return [{ ...chunk, content: whole }];
  }

  /** The piece was the last: @returns what was kept back */
  end(): ChatChunk[] {
    const kept = { content: this.#takeKept(), reasoning: "", toolCalls: [], finishReason: null };
    return [...this.#held, ...(kept.content === "" ? [] : [kept])];
  }

  #takeKept(): string {
    const kept = this.#kept;
    this.#kept = "";
    return kept;
  }
}
