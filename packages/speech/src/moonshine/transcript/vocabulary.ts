import tokenizer from "llama-tokenizer-js";

const spaceMark = "\u2581";
const bytePiece = /^<0x([0-9A-F]{2})>$/;
const decoder = new TextDecoder();

/** Text of a token, as bytes: a character may take several tokens. */
export type Piece = { readonly startsWord: boolean; readonly bytes: Uint8Array };

const nothing: Piece = { startsWord: false, bytes: new Uint8Array(0) };
/** `<unk>`, `<s>`, `</s>`. */
const controlTokens = 3;

/**
 * Moonshine's vocabulary is Llama's of 32,000 pieces; the graphs have 768 more rows, for tokens that
 * English models never learnt.
 */
export function pieceOf(id: number): Piece {
  const piece = id < controlTokens ? undefined : tokenizer.vocabById[id];
  if (piece === undefined) return nothing;
  const byte = bytePiece.exec(piece)?.[1];
  if (byte !== undefined) {
    return { startsWord: false, bytes: Uint8Array.of(Number.parseInt(byte, 16)) };
  }
  const text = piece.replaceAll(spaceMark, " ");
  return { startsWord: text.startsWith(" "), bytes: Buffer.from(text) };
}

/** Text of some bytes, trimmed and without characters that are not whole. */
export function textOf(pieces: readonly Piece[]): string {
  const text = decoder.decode(Buffer.concat(pieces.map(({ bytes }) => bytes)));
  return text.replaceAll("\uFFFD", "").replaceAll(/\s+/g, " ").trim();
}
