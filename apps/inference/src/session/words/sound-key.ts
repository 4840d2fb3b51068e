/** Spellings of one sound, in the order in which they are folded. */
const foldings: readonly (readonly [RegExp, string])[] = [
  [/(?:gh|wh)/gu, "w"],
  [/ph/gu, "f"],
  [/(?:ck|qu|kh)/gu, "k"],
  [/[td]ch|[ts]h|ch/gu, "x"],
  [/c(?=[eiy])/gu, "s"],
  [/[cgq]/gu, "k"],
  [/z/gu, "s"],
  [/b/gu, "p"],
  [/d/gu, "t"],
  [/v/gu, "f"],
  [/[aeiouy]+/gu, "a"],
  [/h/gu, ""],
  [/(.)\1+/gu, "$1"],
];

/**
 * @returns a rough spelling of how the words sound, without spaces: what recognisers mishear mostly
 * keeps it, as "parlay" and "barley" for "parley". Letters of scripts without cases stay as they are.
 */
export function soundKey(words: readonly string[]): string {
  const letters = words
    .join("")
    .normalize("NFD")
    .replace(/[^\p{L}\p{N}]/gu, "");
  return foldings.reduce((key, [sound, letter]) => key.replace(sound, letter), letters);
}
