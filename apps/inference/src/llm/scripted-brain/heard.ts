import type { ChatMessage, ChatRequest } from "../../contracts/chat-model";
import { findPhrase } from "./fuzzy-match";
import { tokensOf } from "./tokens";

/** Input of an intent. */
export type Heard = {
  /** The last user line, verbatim. */
  text: string;
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

/** @returns null without a user line */
export function hear(
  messages: ChatRequest["messages"],
  { nowMs, timeZone }: TimeAndPlace,
): Heard | null {
  const lines = messages.filter(({ role }) => role !== "system");
  const at = lines.findLastIndex(({ role }) => role === "user");
  const last = lines[at];
  if (last === undefined) return null;
  const earlier = lines.slice(0, at);
  const ownLines = earlier
    .filter(({ role, name }) => role === "user" && name === last.name)
    .map(({ content }) => content);
  const answer = earlier.findLast(({ role }) => role === "assistant")?.content ?? "";
  return {
    text: last.content,
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
