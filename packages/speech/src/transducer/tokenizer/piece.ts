import type { HeardEnding } from "../../contracts/recognizer";

/** Effect of a token on the text. */
export type Piece =
  | {
      type: "text";
      /** True with a leading "\u2581": a new word begins. */
      hasSpace: boolean;
      /** Text without that space; "" for a lone "\u2581". */
      text: string;
      /** True for nothing but marks such as ".", ",", "!". */
      isPunctuation: boolean;
      /** True when the first character is a mark that ends a word and follows no space. */
      closesWord: boolean;
    }
  /** One byte of a character that has no piece of its own. */
  | { type: "byte"; byte: number }
  | { type: "ending"; ending: HeardEnding["type"] }
  /** `<unk>`, `</s>`, language tags: not shown to people. */
  | { type: "hidden" };

export const hiddenPiece: Piece = { type: "hidden" };

const spaceMark = "\u2581";
const bytePiece = /^<0x([0-9A-F]{2})>$/;
const controlPiece = /^<[^<>\s]+>$/;
const endings: ReadonlyMap<string, HeardEnding["type"]> = new Map([
  ["<EOU>", "end-of-utterance"],
  ["<EOB>", "end-of-backchannel"],
]);
/** Opening marks keep the space before them; NeMo removes it there too. */
const openingMark = /[\p{Ps}\p{Pi}\u00a1\u00bf]/u;

/**
 * Effects of a vocabulary's tokens.
 *
 * @param pieces by id, without the blank
 */
export function toPieces(pieces: readonly string[]): Piece[] {
  const marks = findMarks(pieces);
  return pieces.map((piece) => toPiece(piece, marks));
}

/**
 * Punctuation that a model writes: that in pieces which do not begin a word, as in NeMo's
 * `extract_punctuation_from_vocab`.
 */
function findMarks(pieces: readonly string[]): ReadonlySet<string> {
  const inner = pieces.filter((piece) => !controlPiece.test(piece) && !piece.startsWith(spaceMark));
  return new Set(inner.flatMap((piece) => piece.match(/\p{P}/gu) ?? []));
}

function toPiece(piece: string, marks: ReadonlySet<string>): Piece {
  const byte = bytePiece.exec(piece)?.[1];
  if (byte !== undefined) return { type: "byte", byte: Number.parseInt(byte, 16) };
  const ending = endings.get(piece);
  if (ending !== undefined) return { type: "ending", ending };
  if (controlPiece.test(piece)) return hiddenPiece;
  const hasSpace = piece.startsWith(spaceMark);
  const text = piece.slice(hasSpace ? 1 : 0).replaceAll(spaceMark, " ");
  const characters = Array.from(text);
  const [first = ""] = characters;
  return {
    type: "text",
    hasSpace,
    text,
    isPunctuation: text !== "" && characters.every((character) => marks.has(character)),
    closesWord: marks.has(first) && !openingMark.test(first),
  };
}
