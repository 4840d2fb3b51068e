import { wordCharacters } from "./word-characters";

/** `given`: symbols that are not to be changed, written between bars. */
export type TextPiece =
  { readonly type: "word"; readonly text: string } | { readonly type: "given"; symbols: string[] };

/** A word may hold hyphens and apostrophes; a bar that stands alone is dropped. */
function piecePattern(letters: string): RegExp {
  return new RegExp(
    `([${letters}](?:[${letters}\\-']*[${letters}])?)|\\|([^|]*)\\||([^${letters}|]+)`,
    "gu",
  );
}

const englishPiece = piecePattern("A-Za-z");
const anyPiece = piecePattern(wordCharacters);

/**
 * Cuts text into words, the text between them, and given symbols as in `|h ə l o ʊ|` (NeMo's
 * `english_word_tokenize` for en-US, else `any_locale_word_tokenize`). English is put in lower case.
 */
export function splitPieces(text: string, locale: string | null): TextPiece[] {
  const isEnglish = locale === "en-US";
  const pieces = text.matchAll(isEnglish ? englishPiece : anyPiece);
  return Array.from(pieces, ([whole, word, given]) => {
    if (given !== undefined) return { type: "given", symbols: given.split(" ") };
    return { type: "word", text: isEnglish && word !== undefined ? word.toLowerCase() : whole };
  });
}
