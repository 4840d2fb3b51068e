import { bytesToText, unfinishedBytes } from "@parley/nemo-onnx/sentencepiece/bytes-to-text";
import type { HeardEnding } from "../../contracts/recognizer";
import type { Vocabulary } from "./vocabulary";
import { hiddenPiece, toPieces, type Piece } from "./piece";

/** Text so far, whose last character may lack bytes. Immutable, so copies may share it. */
export type PartialText = { readonly settled: string; readonly bytes: readonly number[] };

export const emptyText: PartialText = { settled: "", bytes: [] };

/** Token ids to text for people. */
export class Detokenizer {
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
   * Appends a token. Words are one space apart, with no space before the vocabulary's punctuation
   * (NeMo's `space_before_punct_pattern`).
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

  /** Ending that the model signals with this token; null for words. */
  endingOf(id: number): HeardEnding["type"] | null {
    const piece = this.pieceOf(id);
    return piece.type === "ending" ? piece.ending : null;
  }

  /** Piece of a token; the blank and ids beyond it are hidden. */
  pieceOf(id: number): Piece {
    return this.#pieces[id] ?? hiddenPiece;
  }
}

/** Text for people: trimmed, without an incomplete last character. */
export function toText({ settled, bytes }: PartialText): string {
  const whole = bytes.slice(0, bytes.length - unfinishedBytes(bytes));
  return (settled + bytesToText(whole)).trim();
}
