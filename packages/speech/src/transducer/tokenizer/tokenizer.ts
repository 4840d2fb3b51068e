import { bytesToText, unfinishedBytes } from "@parley/nemo-onnx/sentencepiece/bytes-to-text";
import type { HeardEnding } from "../../contracts/recognizer";
import type { Vocabulary } from "./vocabulary";
import { hiddenPiece, toPieces, type Piece } from "./piece";

/** Token ids to text for people. */
export class Tokenizer {
  readonly #pieces: readonly Piece[];

  constructor({ pieces }: Pick<Vocabulary, "pieces">) {
    this.#pieces = toPieces(pieces);
  }

  decode(ids: Iterable<number>): string {
    let text = emptyText;
    for (const id of ids) text = this.append(text, id);
    return toText(text);
  }

  /**
   * The text with one token more. Words stand one space apart, and none stands before the
   * vocabulary's punctuation (NeMo's `space_before_punct_pattern`).
   */
  append(text: PartialText, id: number): PartialText {
    const piece = this.pieceOf(id);
    if (piece.type === "hidden" || piece.type === "ending") return text;
    if (piece.type === "byte") return { ...text, bytes: [...text.bytes, piece.byte] };
    const before = text.settled + bytesToText(text.bytes);
    const isApart = before === "" || before.endsWith(" ");
    if (piece.closesWord) return { settled: before.trimEnd() + piece.text, bytes: [] };
    return { settled: before + (piece.hasSpace && !isApart ? " " : "") + piece.text, bytes: [] };
  }

  /** What the model says to have ended with this token; null for words. */
  endingOf(id: number): HeardEnding["type"] | null {
    const piece = this.pieceOf(id);
    return piece.type === "ending" ? piece.ending : null;
  }

  /** How a token is written; the blank and ids beyond it are hidden. */
  pieceOf(id: number): Piece {
    return this.#pieces[id] ?? hiddenPiece;
  }
}

/** Text on its way: bytes of a character may still be missing. Never changed, so free to copy. */
export type PartialText = { readonly settled: string; readonly bytes: readonly number[] };

export const emptyText: PartialText = { settled: "", bytes: [] };

/** What people read: no space at either end, nothing of a character that is not yet whole. */
export function toText({ settled, bytes }: PartialText): string {
  const whole = bytes.slice(0, bytes.length - unfinishedBytes(bytes));
  return (settled + bytesToText(whole)).trim();
}
