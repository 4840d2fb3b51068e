import type { Vocabulary } from "../tokenizer/vocabulary";
import { cutPhrase } from "../tokenizer/cut-phrase";
import { BoostingTree } from "./boosting-tree";
import type { TokenBooster } from "./token-booster";

/** Limit of the list: the longer it is, the more it distorts all other speech. */
const maxPhrases = 1_000;
/** Longest phrase, in characters. */
const maxPhraseLength = 100;

export type PhraseBoosterOptions = {
  vocabulary: Vocabulary;
  phrases: readonly string[];
  /** Logits per point of bonus; NVIDIA's runtime suggests 2 to 3 for RNN-T. */
  weight: number;
};

/**
 * Booster of names and terms as people write them. Each phrase is also boosted in lower case and
 * with a leading capital where the vocabulary has capitals, and as the end of a word where it takes
 * several tokens.
 *
 * @returns the booster, null when no phrase is left, and for people each refused phrase with reason
 * @throws AppError `model-mismatch` when vocabulary and SentencePiece model differ
 */
export function buildPhraseBooster({ vocabulary, phrases, weight }: PhraseBoosterOptions): {
  booster: TokenBooster | null;
  refused: string[];
} {
  const refused: string[] = [];
  const cuts: number[][] = [];
  const spell = hasCapitals(vocabulary) ? spellBothWays : spellInLowerCase;
  for (const phrase of phrases.slice(0, maxPhrases)) {
    const variants = phrase.length > maxPhraseLength ? null : cutAll(vocabulary, spell(phrase));
    if (variants === null) refused.push(`"${phrase.slice(0, 20)}…" is too long`);
    else if (variants.length === 0) refused.push(`"${phrase}" cannot be spelt by the model`);
    else cuts.push(...variants);
  }
  if (phrases.length > maxPhrases) {
    refused.push(`${phrases.length - maxPhrases} phrases beyond the first ${maxPhrases}`);
  }
  return { booster: cuts.length === 0 ? null : new BoostingTree(cuts, weight), refused };
}

function cutAll(vocabulary: Vocabulary, spellings: ReadonlySet<string>): number[][] {
  return Array.from(spellings).flatMap((spelling) => {
    const atWord = cutPhrase(vocabulary, spelling);
    const withinWord = cutPhrase(vocabulary, spelling, { startsWord: false });
    // A single token would be inserted into the middle of every word that could contain it.
    return [atWord, ...(withinWord.length > 1 ? [withinWord] : [])].filter(
      ({ length }) => length > 0,
    );
  });
}

function hasCapitals({ pieces }: Vocabulary): boolean {
  return pieces.some((piece) => !piece.startsWith("<") && /\p{Lu}/u.test(piece));
}

function spellInLowerCase(phrase: string): ReadonlySet<string> {
  return new Set([phrase.toLowerCase()]);
}

function spellBothWays(phrase: string): ReadonlySet<string> {
  const [first = "", ...rest] = Array.from(phrase.trim());
  return new Set([phrase.trim(), phrase.toLowerCase().trim(), first.toUpperCase() + rest.join("")]);
}
