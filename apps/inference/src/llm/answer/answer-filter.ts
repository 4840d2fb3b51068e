import { findMark, tornLength, type FoundMark } from "./answer-marks";
import { ToolCallText } from "./tool-call-text";
import { UnmarkedReasoning } from "./unmarked-reasoning";

export type FilteredText = {
  text: string;
  /** All text that was given before turned out to be reasoning. */
  isRetraction: boolean;
};

/** Text of a message's role in a template: "assistant", "user". */
const role = /^\s*(?<role>[a-z]{1,20})?(?:<[|\uFF5C]end_header_id[|\uFF5C]>)?\s*/iu;
const harmonyMessage = /<[|\uFF5C]message[|\uFF5C]>|<channel[|\uFF5C]>/iu;
const harmonyEnd = /<[|\uFF5C](?:end|return|call|start|channel)[|\uFF5C]>/iu;
/** Length that a role's name or a channel's header does not exceed. */
const longestHeader = 400;
/** Harmony whose control tokens were lost on the way: "analysisThe user … assistantfinalHello." */
const bareHarmonyName = "analysis";
const bareHarmony = /^\s*analysis(?=\p{Lu})/u;
const bareFinal = /assistantfinal(?:\s*(?:json|text))?/u;

type Hidden = { closing: RegExp; isKept: boolean };

/**
 * The answer within what a chat model writes: without reasoning, tool calls and control tokens,
 * whatever their form and however the text is torn. It ends where the model's turn ends. Voice,
 * transcript and history all get its text, so that none of them holds what another leaves out.
 */
export class AnswerFilter {
  readonly #unmarked: UnmarkedReasoning;
  readonly #toolCalls = new ToolCallText();
  #rest = "";
  #hidden: Hidden | null = null;
  /** The header of a message or a channel is being read. */
  #header: "channel" | "message" | null = null;
  #isHarmony = false;
  #hasText = false;
  #isOver = false;

  /** @param options.opensInReasoning the model leaves out the mark that begins its reasoning */
  constructor(options: { opensInReasoning?: boolean } = {}) {
    this.#unmarked = new UnmarkedReasoning(options.opensInReasoning ?? false);
  }

  /** The model's turn is over: what follows is not its answer. */
  get isOver(): boolean {
    return this.#isOver;
  }

  /** The answer began with reasoning that nothing marked as such. */
  get hadUnmarkedReasoning(): boolean {
    return this.#unmarked.wasReasoning;
  }

  /** @returns the text that is certainly part of the answer */
  push(delta: string): FilteredText {
    this.#rest += delta;
    return this.#filter(false);
  }

  /** @returns what was kept back */
  flush(): FilteredText {
    const { text, isRetraction } = this.#filter(true);
    const kept = this.#unmarked.flush();
    return { text: this.#shown(text + kept + this.#toolCalls.flush()), isRetraction };
  }

  #filter(isWhole: boolean): FilteredText {
    let answer = "";
    let isRetraction = false;
    while (!this.#isOver) {
      if (this.#hidden !== null) {
        if (!this.#skipHidden(this.#hidden)) break;
      } else if (this.#header !== null) {
        if (!this.#readHeader(this.#header, isWhole)) break;
      } else {
        const mark = findMark(this.#rest);
        answer += this.#takeText(mark, isWhole);
        if (mark === null) break;
        this.#rest = this.#rest.slice(mark.length);
        if (mark.effect.type === "retract") {
          isRetraction = this.#unmarked.retract() || isRetraction || this.#hasText;
          answer = "";
          this.#hasText = false;
          this.#toolCalls.clear();
        } else this.#apply(mark, answer);
      }
    }
    if (this.#isOver) this.#rest = "";
    const text = this.#toolCalls.push(this.#unmarked.push(answer));
    return { text: this.#shown(text), isRetraction };
  }

  /** @returns the text before the mark, or all that cannot be the beginning of one */
  #takeText(mark: FoundMark | null, isWhole: boolean): string {
    const bare = this.#isAtBeginning ? bareHarmony.exec(this.#rest) : null;
    if (bare !== null) {
      this.#rest = this.#rest.slice(bare[0].length);
      this.#hidden = { closing: bareFinal, isKept: false };
      return "";
    }
    const isTorn = this.#isAtBeginning && bareHarmonyName.startsWith(this.#rest.trimStart());
    if (isTorn && !isWhole) return "";
    const end = mark?.index ?? this.#rest.length - (isWhole ? 0 : tornLength(this.#rest));
    const text = this.#rest.slice(0, end);
    this.#rest = this.#rest.slice(end);
    return text;
  }

  get #isAtBeginning(): boolean {
    return !this.#hasText && this.#unmarked.isEmpty;
  }

  #apply({ effect }: FoundMark, answer: string): void {
    switch (effect.type) {
      case "hide":
        this.#hidden = { closing: effect.closing, isKept: false };
        break;
      case "channel":
        this.#isHarmony = true;
        this.#header = "channel";
        break;
      case "header":
        this.#header = "message";
        break;
      case "end": {
        // Before any text it may belong to the head of the message.
        const hasText = this.#hasText || !this.#unmarked.isEmpty || answer.trim() !== "";
        if (this.#isHarmony) this.#header = "message";
        else if (hasText) this.#isOver = true;
        else this.#header = "message";
        break;
      }
      case "retract":
      case "drop":
        break;
    }
  }

  /** @returns false when the hidden text goes on */
  #skipHidden({ closing, isKept }: Hidden): boolean {
    const match = closing.exec(this.#rest);
    if (match === null) {
      // The closing mark may be torn.
      this.#rest = this.#rest.slice(-longestHeader);
      return false;
    }
    this.#rest = this.#rest.slice(match.index + (isKept ? 0 : match[0].length));
    this.#hidden = null;
    return true;
  }

  /** @returns false when more text is needed */
  #readHeader(kind: "channel" | "message", isWhole: boolean): boolean {
    if (this.#isHarmony || kind === "channel") return this.#readHarmony(kind, isWhole);
    const match = role.exec(this.#rest);
    const isTorn = match === null || match[0].length === this.#rest.length;
    if (isTorn && !isWhole && this.#rest.length < longestHeader) return false;
    const name = match?.groups?.role?.toLowerCase();
    const isHeader = name === "assistant" || name === "model" || name === "ai";
    if (isHeader) this.#rest = this.#rest.slice(match?.[0].length ?? 0);
    // The template's next message is not the model's.
    if (name === "user" || name === "system" || name === "tool") this.#isOver = true;
    this.#header = null;
    // A message in harmony may begin with its role.
    if (isHeader && /^<[|\uFF5C]?$/u.test(this.#rest)) return isWhole;
    return true;
  }

  /** Reads `analysis<|message|>`: only the final channel is for people. */
  #readHarmony(kind: "channel" | "message", isWhole: boolean): boolean {
    const message = harmonyMessage.exec(this.#rest);
    const channel = /<[|\uFF5C]channel[|\uFF5C]?>/iu.exec(this.#rest);
    if (channel !== null && (message === null || channel.index < message.index)) {
      this.#rest = this.#rest.slice(channel.index + channel[0].length);
      this.#header = "channel";
      return true;
    }
    if (message === null) {
      if (isWhole || this.#rest.length > longestHeader) this.#rest = "";
      return false;
    }
    const header = this.#rest.slice(0, message.index);
    this.#rest = this.#rest.slice(message.index + message[0].length);
    this.#header = null;
    const isAnswer =
      message[0].startsWith("<channel") || kind === "message"
        ? !/\b(?:user|system|developer|tool)\b/iu.test(header)
        : /^\s*final\b/iu.test(header);
    if (!isAnswer) this.#hidden = { closing: harmonyEnd, isKept: true };
    return true;
  }

  /** Without the space before the first word. */
  #shown(text: string): string {
    const shown = this.#hasText ? text : text.trimStart();
    this.#hasText ||= shown !== "";
    return shown;
  }
}
