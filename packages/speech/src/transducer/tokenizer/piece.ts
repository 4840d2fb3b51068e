import type { HeardEnding } from "../../contracts/recognizer";

/** What a token does to the text. */
export type Piece =
  | {
      type: "text";
      /** "\u2581" at its front: a new word begins. */
      hasSpace: boolean;
      /** Without that space; "" for a lone "\u2581". */
      text: string;
      /** Nothing but marks such as ".", ",", "!". */
      isPunctuation: boolean;
      /** Its first character is a mark that stands at the end of a word, never after a space. */
      closesWord: boolean;
    }
  /** One byte of a character that has no piece of its own. */
  | { type: "byte"; byte: number }
  | { type: "ending"; ending: HeardEnding["type"] }
  /** `<unk>`, `</s>`, language tags: nothing that people should read. */
  | { type: "hidden" };

export const hiddenPiece: Piece = { type: "hidden" };

const spaceMark = "\u2581";
const bytePiece = /^<0x([0-9A-F]{2})>$/;
const controlPiece = /^<[^<>\s]+>$/;
const endings: ReadonlyMap<string, HeardEnding["type"]> = new Map([
  ["<EOU>", "end-of-utterance"],
  ["<EOB>", "end-of-backchannel"],
]);
/** Marks that open something keep the space before them; NeMo removes it there too. */
const openingMark = /[\p{Ps}\p{Pi}\u00a1\u00bf]/u;

/** @param pieces a vocabulary's, by id, without the blank */
export function toPieces(pieces: readonly string[]): Piece[] {
  const marks = findMarks(pieces);
  return pieces.map((piece) => toPiece(piece, marks));
}

/**
 * The punctuation that a model writes: that of pieces which are no word's beginning, as in NeMo's
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
