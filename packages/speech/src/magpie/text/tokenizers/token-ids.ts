/** Tokens at the end of each vocabulary. */
const specialTokens: readonly string[] = ["<pad>", "<oov>"];

/** A vocabulary as NeMo's `BaseTokenizer` completes it. */
export function withSpecialTokens(tokens: Iterable<string>): string[] {
  return [...tokens, ...specialTokens];
}

/** Ids are indices in the vocabulary; a repeated token has its last one. */
export function idsOf(tokens: readonly string[]): ReadonlyMap<string, number> {
  return new Map(tokens.map((token, id) => [token, id]));
}

/**
 * Ids of known symbols, without trailing spaces; then one space at either end if the tokenizer was
 * trained with them.
 */
export function toIds(
  symbols: readonly string[],
  ids: ReadonlyMap<string, number>,
  { padWithSpace }: { padWithSpace: boolean },
): number[] {
  const kept = symbols.slice(0, symbols.findLastIndex((symbol) => symbol !== " ") + 1);
  const padded = padWithSpace ? [" ", ...kept, " "] : kept;
  return padded.flatMap((symbol) => ids.get(symbol) ?? []);
}
