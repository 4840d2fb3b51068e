import type { Heard } from "../heard";

const offers = [
  "You can ask me for the time, a sum, a joke or a story.",
  "Try: tell me a joke, or: what is twelve times seven?",
  "I can spell a word, count, or tell a story of ten sentences.",
];

/** Longer things are not read back: nobody waits for the end of that. */
const maxEchoedWords = 8;

/** The honest answer to everything else. */
export function fallback(heard: Heard): string {
  const asked = heard.ownLines.length;
  const offer = offers[asked % offers.length] ?? "";
  const words = heard.text.trim().replace(/[.!?]+$/, "");
  const isShort = heard.words.length > 0 && heard.words.length <= maxEchoedWords;
  const understood = isShort ? `I heard: ${words}. ` : "";
  return `${understood}I am only a small scripted demo and have no answer to that. ${offer}`;
}
