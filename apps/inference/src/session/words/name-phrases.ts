/** Limit on phrases, far above a room's members: a recogniser's work grows with them. */
const maxPhrases = 200;

/**
 * Phrases for the recogniser to prefer: each name as a whole, and its first word, as people are
 * called. Names typed in small letters get capitals: recognisers that write case write them so, and
 * the others fold them.
 */
export function namePhrases(names: readonly string[]): string[] {
  const phrases = new Set<string>();
  for (const name of names) {
    const words = capitalized(name)
      .split(/\s+/u)
      .filter((word) => /[\p{L}\p{N}]/u.test(word));
    const [first] = words;
    if (first === undefined) continue;
    phrases.add(words.join(" "));
    // Nobody is called by an initial.
    if (/\p{L}{2}/u.test(first)) phrases.add(first);
  }
  return [...phrases].slice(0, maxPhrases);
}

function capitalized(name: string): string {
  if (name !== name.toLowerCase()) return name;
  return name.replace(/(?<![\p{L}\p{M}\p{N}'’])\p{Ll}/gu, (letter) => letter.toUpperCase());
}
