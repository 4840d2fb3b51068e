/** A piece of a text: a word, or the marks and white space between words. */
export type WrittenPiece =
  | { type: "word"; text: string }
  /** What is heard of it: marks of pauses, brackets, quotes, a space or nothing. */
  | { type: "between"; marks: string };

/**
 * Between words: white space, and everything that is neither letter, figure, apostrophe within a
 * word, nor a single hyphen or dot between letters.
 */
const wordPattern =
  /(?:\p{L}\.){2,}|[\p{L}\p{N}]\p{M}*(?:['’.-]?[\p{L}\p{N}]\p{M}*)*(?:'(?!\p{L}))?/gu;

/** Marks that the model knows; the others are silent. */
const markNames: ReadonlyMap<string, string> = new Map([
  [";", ";"],
  [":", ":"],
  [",", ","],
  [".", "."],
  ["!", "!"],
  ["?", "?"],
  ["…", "…"],
  ["—", "—"],
  ["–", "—"],
  ["(", "("],
  [")", ")"],
  ["“", "“"],
  ["”", "”"],
]);

/** Cuts a text into words and what is between them. */
export function writtenPieces(text: string): WrittenPiece[] {
  const pieces: WrittenPiece[] = [];
  const plain = text.replace(/[‘’]/gu, "'").replace(/\.{3,}/gu, "…");
  let end = 0;
  for (const match of plain.matchAll(wordPattern)) {
    // A mark that a word begins with is no pause: ".env".
    const between = plain.slice(end, match.index).replace(/(^|\s)[.,;:!?]+$/u, "$1");
    addBetween(pieces, between, end === 0);
    pieces.push({ type: "word", text: match[0] });
    end = match.index + match[0].length;
  }
  addBetween(pieces, plain.slice(end), end === 0);
  return pieces;
}

function addBetween(pieces: WrittenPiece[], text: string, isFirst: boolean): void {
  let marks = "";
  for (const [index, character] of Array.from(text).entries()) {
    if (/\s/u.test(character)) marks += marks.endsWith(" ") ? "" : " ";
    else if (character === '"') marks += isOpening(text, index, isFirst) ? "“" : "”";
    else if (character === "-") marks += /^\s?$/u.test(text[index - 1] ?? " ") ? "—" : "";
    else marks += markNames.get(character) ?? "";
  }
  if (marks !== "") pieces.push({ type: "between", marks });
}

/** A quotation mark opens at the beginning and after white space. */
function isOpening(text: string, index: number, isFirst: boolean): boolean {
  const before = text[index - 1];
  return before === undefined ? isFirst : /\s/u.test(before);
}
