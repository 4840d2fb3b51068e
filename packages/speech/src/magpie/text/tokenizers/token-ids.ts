/** Follow each vocabulary. */
const specialTokens: readonly string[] = ["<pad>", "<oov>"];

/** A vocabulary as NeMo's `BaseTokenizer` completes it. */
export function withSpecialTokens(tokens: Iterable<string>): string[] {
  return [...tokens, ...specialTokens];
}

/** Ids are places in the vocabulary; a token that stands in it twice has its last one. */
export function idsOf(tokens: readonly string[]): ReadonlyMap<string, number> {
  return new Map(tokens.map((token, id) => [token, id]));
}

/**
 * Ids of known symbols: spaces at the end dropped, then one put at either end if the tokenizer was
 * trained so.
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
