import { isConsonant, isVowel } from "./stress";

/** What follows a word, as far as its sound depends on it. */
export type WordContext = {
  /** Whether the next sound is a vowel; null before a pause. */
  beforeVowel: boolean | null;
  /** Whether the next word is "to". */
  beforeTo: boolean;
};

/** Nothing follows. */
export const atTheEnd: WordContext = { beforeVowel: null, beforeTo: false };

const pauses = new Set(";:,.!?—…");

/** The context of the word in front of one that is spoken as `phonemes`. */
export function contextBefore(word: string, phonemes: string, after: WordContext): WordContext {
  const beforeTo = word === "to" || word === "To";
  for (const sound of phonemes) {
    if (pauses.has(sound)) return { beforeVowel: null, beforeTo };
    if (isVowel(sound)) return { beforeVowel: true, beforeTo };
    if (isConsonant(sound)) return { beforeVowel: false, beforeTo };
  }
  return { beforeVowel: after.beforeVowel, beforeTo };
}
