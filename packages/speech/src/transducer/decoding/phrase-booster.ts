import type { Vocabulary } from "../tokenizer/vocabulary";
import { cutPhrase } from "../tokenizer/cut-phrase";
import { BoostingTree } from "../../recognition/boosting/boosting-tree";
import type { TokenBooster } from "../../recognition/boosting/token-booster";

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
 * several tokens. Phrases that the pieces cannot spell, longer than 100 characters, or beyond the
 * first 1,000 are ignored.
 *
 * @returns null when no phrase is left
 * @throws AppError `model-mismatch` when vocabulary and SentencePiece model differ
 */
export function buildPhraseBooster({
  vocabulary,
  phrases,
  weight,
}: PhraseBoosterOptions): TokenBooster | null {
  const spell = hasCapitals(vocabulary) ? spellBothWays : spellInLowerCase;
  const cuts = phrases
    .slice(0, maxPhrases)
    .filter(({ length }) => length <= maxPhraseLength)
    .flatMap((phrase) => cutAll(vocabulary, spell(phrase)));
  return cuts.length === 0 ? null : new BoostingTree(cuts, weight);
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
