/** In NeMo's order (`DEFAULT_PUNCTUATION`). */
export const defaultPunctuation: readonly string[] = Array.from(',.!?-:;/"()[]{}');

const guillemets = "\u00ab\u00bb\u2039\u203a";

/** Punctuation that a locale adds; other locales add none. */
const additions: Readonly<Record<string, string>> = {
  "de-DE": `${guillemets}\u201e\u201c\u201a\u2018\u2012\u2013\u2014`,
  "es-ES": `${guillemets}\u00bf\u00a1`,
  "pt-BR": `${guillemets}\u201c\u201d\u2018\u2019\u2013\u2014\u2026`,
  "hi-IN": "\u0964\u0965",
  "ar-MSA": "\u060c\u061b\u061f",
};

/** A locale's punctuation by code point (NeMo's `get_ipa_punctuation_list`). */
export function punctuationOf(locale: string | null): string[] {
  const own = locale === null ? "" : (additions[locale] ?? "");
  // All lie in the basic plane, where this order is that of code points.
  return [...defaultPunctuation, ...Array.from(own)].sort();
}
