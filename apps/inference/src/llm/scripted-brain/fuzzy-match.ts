import { editDistance } from "@parley/speech/transcripts/edit-distance";

/**
 * Whether a recogniser may have meant `keyword`: equal, or at an edit distance of one from four
 * letters on, of two from eight on. Shorter words have too many neighbours.
 */
export function soundsLike(word: string, keyword: string): boolean {
  if (word === keyword) return true;
  const allowed = keyword.length >= 8 ? 2 : keyword.length >= 4 ? 1 : 0;
  if (allowed === 0 || Math.abs(word.length - keyword.length) > allowed) return false;
  // A different first letter mostly makes another word: "tell" and "bell".
  return word.startsWith(keyword.charAt(0)) && editDistance(word, keyword) <= allowed;
}

/** @returns the index after the phrase in `words`, or null when it is absent */
export function findPhrase(words: readonly string[], phrase: string): number | null {
  const keywords = phrase.split(" ");
  for (let at = 0; at + keywords.length <= words.length; at++) {
    const isHere = keywords.every((keyword, index) => soundsLike(words[at + index] ?? "", keyword));
    if (isHere) return at + keywords.length;
  }
  return null;
}
