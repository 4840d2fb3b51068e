import type { ChatMessage, ChatRequest } from "../../contracts/chat-model";
import { findPhrase } from "./fuzzy-match";
import { tokensOf } from "./tokens";

/** Input of an intent. */
export type Heard = {
  /** The user line that awaits an answer, verbatim. */
  text: string;
  /** It was said to nobody in particular. */
  isForEveryone: boolean;
  /** Its lower-case words, without words of politeness. */
  words: readonly string[];
  /** The speaker's name: learned, or that of the seat; null when neither is a person's. */
  name: string | null;
  /** Earlier lines of the same speaker, oldest first. */
  ownLines: readonly string[];
  /** All earlier lines, oldest first. */
  earlier: readonly ChatMessage[];
  /** The last answer; empty before the first. */
  lastAnswer: string;
  nowMs: number;
  timeZone: string;
};

/** One skill: returns an answer, or null when the line does not match. */
export type Intent = (heard: Heard) => string | null;

export type TimeAndPlace = { nowMs: number; timeZone: string };

/**
 * @returns what awaits an answer, oldest first: the last user line, and those before it since the
 * last answer which other people said to the agent
 */
export function hear(messages: ChatRequest["messages"], timeAndPlace: TimeAndPlace): Heard[] {
  const lines = messages.filter(({ role }) => role !== "system" && role !== "tool");
  const from = lines.findLastIndex(({ role }) => role === "assistant") + 1;
  const last = lines.findLastIndex(({ role }) => role === "user");
  return lines.flatMap((line, at) => {
    const isOpen = at === last || (at >= from && line.addressee !== "others");
    return isOpen && line.role === "user" ? [heardOf(lines, at, line, timeAndPlace)] : [];
  });
}

function heardOf(
  lines: readonly ChatMessage[],
  at: number,
  last: ChatMessage,
  { nowMs, timeZone }: TimeAndPlace,
): Heard {
  const earlier = lines.slice(0, at);
  const ownLines = earlier
    .filter(({ role, name }) => role === "user" && name === last.name)
    .map(({ content }) => content);
  const answer = earlier.findLast(({ role }) => role === "assistant")?.content ?? "";
  return {
    text: last.content,
    isForEveryone: last.addressee === "everyone",
    words: withoutPoliteness(tokensOf(last.content)),
    name: learnedName([...ownLines, last.content]) ?? seatName(last.name),
    ownLines,
    earlier,
    lastAnswer: answer.replace(/\s*…$/, ""),
    nowMs,
    timeZone,
  };
}

/** Whether one of the phrases was said, or something that sounds like it. */
export function says(heard: Pick<Heard, "words">, ...phrases: readonly string[]): boolean {
  return phrases.some((phrase) => findPhrase(heard.words, phrase) !== null);
}

/** @returns the name that was given last, as in "my name is Ada" */
export function learnedName(lines: readonly string[]): string | null {
  for (const line of lines.toReversed()) {
    const words = tokensOf(line);
    for (const phrase of ["my name is", "my name's", "call me"]) {
      const at = findPhrase(words, phrase);
      const name = at === null ? undefined : words[at];
      if (name !== undefined && !["what", "not", "a", "the", "when"].includes(name)) {
        return capitalised(name);
      }
    }
  }
  return null;
}

export function capitalised(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** First name of a seat; null for placeholders such as "Guest 4". */
function seatName(name: string | undefined): string | null {
  const first = name?.trim().split(/\s+/)[0] ?? "";
  return first === "" || /^(guest|anonymous|member|user|you|test)\b/i.test(first) ? null : first;
}

function withoutPoliteness(words: readonly string[]): string[] {
  const polite = new Set(["please", "um", "uh", "well", "hey", "parley", "so"]);
  return words.filter((word) => !polite.has(word));
}
