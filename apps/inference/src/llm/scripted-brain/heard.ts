import type { ChatMessage, ChatRequest } from "../../contracts/chat-model";
import { findPhrase } from "./fuzzy-match";
import { tokensOf } from "./tokens";

/** What an intent knows when it looks for an answer. */
export type Heard = {
  /** What was said last, as it was written. */
  text: string;
  /** The same in lower-case words, without the politeness around it. */
  words: readonly string[];
  /** The speaker's own name: learned, or that of the seat; null when neither is a person's. */
  name: string | null;
  /** Earlier lines of the same speaker, oldest first. */
  ownLines: readonly string[];
  /** All earlier lines, oldest first. */
  earlier: readonly ChatMessage[];
  /** What was answered last; empty before the first answer. */
  lastAnswer: string;
  nowMs: number;
  timeZone: string;
};

/** One thing the brain can do: an answer, or null when something else was meant. */
export type Intent = (heard: Heard) => string | null;

export type TimeAndPlace = { nowMs: number; timeZone: string };

/** @returns null when nobody said anything */
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

/** True when one of the phrases was said, or something that sounds like it. */
export function says(heard: Pick<Heard, "words">, ...phrases: readonly string[]): boolean {
  return phrases.some((phrase) => findPhrase(heard.words, phrase) !== null);
}

/** @returns the name that somebody gave, latest first */
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

/** "Guest 4" is no name to call anybody by. */
function seatName(name: string | undefined): string | null {
  const first = name?.trim().split(/\s+/)[0] ?? "";
  return first === "" || /^(guest|anonymous|member|user|you|test)\b/i.test(first) ? null : first;
}

function withoutPoliteness(words: readonly string[]): string[] {
  const polite = new Set(["please", "um", "uh", "well", "hey", "parley", "so"]);
  return words.filter((word) => !polite.has(word));
}
