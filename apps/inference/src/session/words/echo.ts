import { normalizedWords } from "@parley/speech/transcripts/normalized-words";

/** True when the words are nothing but a run of those that the agent just spoke. */
export function isEcho(text: string, spokenText: string): boolean {
  const words = normalizedWords(text);
  if (words.length === 0) return false;
  return ` ${normalizedWords(spokenText).join(" ")} `.includes(` ${words.join(" ")} `);
}
