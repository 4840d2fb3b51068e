import { foldCase } from "@parley/speech/transcripts/normalized-words";

/** @returns lower-case words, numbers and arithmetic signs of a text, spoken or typed */
export function tokensOf(text: string): string[] {
  const tokens = /\d+(?:[.,]\d+)*|\p{L}+(?:'\p{L}+)*|[+*×÷/=]|-(?=\s*\d)/gu;
  return foldCase(text).match(tokens) ?? [];
}
