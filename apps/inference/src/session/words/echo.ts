import { wordsOf } from "./words";

/** True when the words are nothing but a run of those that the agent just spoke. */
export function isEcho(text: string, spokenText: string): boolean {
  const words = wordsOf(text);
  if (words.length === 0) return false;
  return ` ${wordsOf(spokenText).join(" ")} `.includes(` ${words.join(" ")} `);
}
