import { matchesOf } from "../matches";
const opener =
  /```|<!--|<(?<tag>think|thinking|thought|reasoning|reflection|scratchpad|tool_calls?|tool_response|tool_result|tool_use|tools?|function_calls?|function_results?|function|script|style|svg|math)(?:[ =][^<>]{0,300})?>|<\|(?<special>[a-z_]{1,40})\|>|(?<json>(?<![^\s,:[])\{(?=\s{0,20}"|\s{0,20}$))/giu;
const loneClosing =
  /<\/(?:think|thinking|thought|reasoning|reflection|scratchpad)>|<\|(?:end_of_thought|channel\|>final<\|message)\|>/giu;
/** Limit on JSON: an unclosed brace must not silence the rest of a reply. */
const longestJson = 20_000;

/**
 * Removes blocks that are not speech: fenced code, reasoning, tool calls and results, JSON objects,
 * comments. A block may open in one piece of a text and close in a later one: each text needs an
 * instance of its own.
 */
export class UnspokenBlocks {
  readonly #announcement: string;
  /** The end of the open block; null outside of blocks. */
  #closing: RegExp | null = null;
  readonly #json = new JsonDepth();

  /** @param announcement spoken in place of a block of code; may be empty */
  constructor(announcement: string) {
    this.#announcement = announcement;
  }

  /** @returns the piece without such blocks */
  remove(piece: string): string {
    let spoken = "";
    let at = 0;
    // If the prompt already opened the reasoning, the model only closes it.
    if (this.#closing === null) at = lastEnd(piece, loneClosing);
    while (at < piece.length) {
      if (this.#json.isOpen) {
        at = this.#json.skip(piece, at);
      } else if (this.#closing !== null) {
        this.#closing.lastIndex = at;
        if (!this.#closing.test(piece)) break;
        at = this.#closing.lastIndex;
        this.#closing = null;
      } else {
        opener.lastIndex = at;
        const match = opener.exec(piece);
        spoken += piece.slice(at, match?.index);
        if (match === null) break;
        at = match.index + (match.groups?.json === undefined ? match[0].length : 0);
        // Adjacent blocks of code are announced once.
        const words = this.#open(match);
        if (words === " " || !spoken.trimEnd().endsWith(words.trim())) spoken += words;
      }
    }
    return spoken;
  }

  /** @returns the text spoken in place of the block */
  #open(match: RegExpExecArray): string {
    const { tag, special, json } = match.groups ?? {};
    if (json !== undefined) this.#json.open();
    else if (tag !== undefined) this.#closing = new RegExp(`</${tag}>`, "giu");
    else if (special !== undefined) return " ";
    else if (match[0] === "<!--") this.#closing = /-->/gu;
    else {
      this.#closing = /```/gu;
      return ` ${this.#announcement} `;
    }
    return " ";
  }
}

/** Finds the end of a JSON value. */
class JsonDepth {
  #depth = 0;
  #isInString = false;
  #isEscaped = false;
  #length = 0;
  isOpen = false;

  open(): void {
    this.isOpen = true;
    this.#depth = 0;
    this.#length = 0;
    this.#isInString = false;
    this.#isEscaped = false;
  }

  /** @returns the index after the value, or the piece's length when it goes on */
  skip(piece: string, from: number): number {
    for (let at = from; at < piece.length; at++) {
      this.#take(piece.charAt(at));
      if (this.#depth === 0 || ++this.#length > longestJson) {
        this.isOpen = false;
        return at + 1;
      }
    }
    return piece.length;
  }

  #take(character: string): void {
    if (this.#isEscaped) this.#isEscaped = false;
    else if (character === "\\") this.#isEscaped = this.#isInString;
    else if (character === '"') this.#isInString = !this.#isInString;
    else if (this.#isInString) return;
    else if (character === "{") this.#depth++;
    else if (character === "}") this.#depth--;
  }
}

function lastEnd(text: string, pattern: RegExp): number {
  let end = 0;
  for (const match of matchesOf(text, pattern)) end = match.index + match[0].length;
  return end;
}
