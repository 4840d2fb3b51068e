import type { Heard } from "../heard";

const offers = [
  "You can ask me for the time, a sum, a joke or a story.",
  "Try: tell me a joke, or: what is twelve times seven?",
  "I can spell a word, count, or tell a story of ten sentences.",
];

/** Longer lines are not repeated to the speaker. */
const maxEchoedWords = 8;

/** Answer when no intent matches. */
export function fallback(heard: Heard): string {
  const asked = heard.ownLines.length;
  const offer = offers[asked % offers.length] ?? "";
  const words = heard.text.trim().replace(/[.!?]+$/, "");
  const isShort = heard.words.length > 0 && heard.words.length <= maxEchoedWords;
  const understood = isShort ? `I heard: ${words}. ` : "";
  return `${understood}I am only a small scripted demo and have no answer to that. ${offer}`;
}
