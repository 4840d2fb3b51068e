import { tokenMeasure } from "./token-measure";

/** Tokens that one reply may take: of its text, its calls of tools and its sound. */
export class TokenBudget {
  readonly #tokens: number;
  #characters = 0;
  #soundMs = 0;
  #isSpent = false;

  /** @param maxTokens null where there is no limit */
  constructor(maxTokens: number | null) {
    this.#tokens = maxTokens ?? Infinity;
  }

  /** More was wanted than there was. */
  get isSpent(): boolean {
    return this.#isSpent;
  }

  /** @returns the beginning of the text that there are tokens for, in whole words if it has any */
  takeText(text: string): string {
    const left = this.#charactersLeft;
    const taken = text.length <= left ? text : cut(text, left);
    if (taken !== text) this.#isSpent = true;
    // Clauses are joined with a space.
    this.#characters += taken.length + 1;
    return taken;
  }

  /** Takes a call of a tool. @returns false unless there are tokens for all of it */
  takeCall(characters: number): boolean {
    if (characters > this.#charactersLeft) this.#isSpent = true;
    else this.#characters += characters;
    return !this.#isSpent;
  }

  /** @returns how much of the sound there are tokens for, ms */
  takeSound(soundMs: number): number {
    const tokensLeft = this.#tokens - Math.ceil(this.#characters / tokenMeasure.characters);
    const leftMs = Math.max(0, tokensLeft * tokenMeasure.spokenMs - this.#soundMs);
    if (soundMs > leftMs) this.#isSpent = true;
    const takenMs = Math.min(soundMs, leftMs);
    this.#soundMs += takenMs;
    return takenMs;
  }

  get #charactersLeft(): number {
    const tokensLeft = this.#tokens - Math.ceil(this.#soundMs / tokenMeasure.spokenMs);
    return Math.max(0, tokensLeft * tokenMeasure.characters - this.#characters);
  }
}

function cut(text: string, length: number): string {
  const beginning = text.slice(0, length);
  if (/\s/u.test(text.charAt(length))) return beginning;
  const wordEnd = beginning.search(/\s\S*$/u);
  // Half of a character that takes two places is none.
  return wordEnd > 0 ? beginning.slice(0, wordEnd) : beginning.replace(/[\uD800-\uDBFF]$/u, "");
}
