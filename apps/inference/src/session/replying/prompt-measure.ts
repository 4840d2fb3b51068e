/** A part of a prompt: a message, or a line that becomes one. */
export type PromptPart = { readonly text: string; readonly name?: string };

/** Characters of plain Latin text that make a token at the least; of any other, one does. */
const latinCharacters = 3;
/** Tokens that mark where a message begins and ends, and who says it. */
const markTokens = 4;
/** What a server's count is believed to be at the most, as a multiple of the guess. */
const mostFactor = 4;
/** Less tells of a server that counts only what was not in its cache. */
const leastFactor = 0.25;

/**
 * How many tokens the prompts of one conversation take. Guessed, with room to spare, until the
 * server has counted one; from then on that count says how far off the guess is, for this model, this
 * language, and with these tools.
 */
export class PromptMeasure {
  #factor = 1;
  #told: number | null = null;

  /** The server counted the tokens of a prompt: known from the next `adopt` on. */
  tell(parts: readonly PromptPart[], tokens: number): void {
    const factor = tokens / guessOf(parts);
    if (factor >= leastFactor) this.#told = Math.min(factor, mostFactor);
  }

  /** Measures by what was told last. */
  adopt(): void {
    this.#factor = this.#told ?? this.#factor;
  }

  tokensOf(parts: readonly PromptPart[]): number {
    return guessOf(parts) * this.#factor;
  }
}

function guessOf(parts: readonly PromptPart[]): number {
  return parts.reduce((sum, part) => sum + guess(part), 0);
}

function guess({ text, name = "" }: PromptPart): number {
  const characters = text.length + name.length;
  const others = (text + name).replace(/[\u0020-\u024f]+/gu, "").length;
  return markTokens + others + (characters - others) / latinCharacters;
}
