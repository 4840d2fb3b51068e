import type { ScoredToken } from "../decoding/best-token";
import { pieceOf, textOf, type Piece } from "./vocabulary";

/** A word and the tokens that spell it. */
export type TokenWord = { text: string; tokens: readonly ScoredToken[] };

type Group = { pieces: Piece[]; tokens: ScoredToken[] };

/** Joins tokens to words, cut at spaces; marks belong to the word that they follow. */
export function toTokenWords(tokens: readonly ScoredToken[]): TokenWord[] {
  const groups: Group[] = [];
  for (const token of tokens) {
    const piece = pieceOf(token.id);
    const group = groups.at(-1);
    // A space that stands alone opens the word after it.
    if (group === undefined || (piece.startsWord && textOf(group.pieces) !== "")) {
      groups.push({ pieces: [piece], tokens: [token] });
    } else {
      group.pieces.push(piece);
      group.tokens.push(token);
    }
  }
  return groups
    .map(({ pieces, tokens }) => ({ text: textOf(pieces), tokens }))
    .filter(({ text }) => text !== "");
}

export function joinWords(words: readonly Pick<TokenWord, "text">[]): string {
  return words.map(({ text }) => text).join(" ");
}
