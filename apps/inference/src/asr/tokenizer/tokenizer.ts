import { AppError } from "@parley/shared/errors";

/** SentencePiece's mark for a space, U+2581. */
const spaceMark = /\u2581/g;
const blankPiece = "<blk>";
const bytePiece = /^<0x([0-9A-F]{2})>$/;
/** `<unk>`, `</s>`, language tags, `<EOU>`: nothing that people should read. */
const controlPiece = /^<[^<>\s]+>$/;

type Piece = { type: "text"; text: string } | { type: "byte"; byte: number } | { type: "none" };

/** Token ids to text. */
export class Tokenizer {
  readonly #pieces: readonly Piece[];
  /** The transducer's "nothing"; always the last id. */
  readonly blank: number;

  /**
   * @param tokens `tokens.txt`: one "piece id" per line, ids from 0 upwards, `<blk>` last
   */
  static parse(tokens: string): Tokenizer {
    const pieces = tokens
      .split("\n")
      .map((line) => line.replace(/\r$/, ""))
      .filter((line) => line !== "")
      .map((line, index) => {
        // At the last space, for a piece may hold one itself.
        const split = line.lastIndexOf(" ");
        const id = Number(line.slice(split + 1));
        if (split < 1 || id !== index) {
          throw new AppError("model-mismatch", `tokens.txt line ${index + 1} has no id ${index}`);
        }
        return line.slice(0, split);
      });
    if (pieces.at(-1) !== blankPiece) {
      throw new AppError("model-mismatch", `tokens.txt does not end with ${blankPiece}`);
    }
    return new Tokenizer(pieces.slice(0, -1));
  }

  /** @param pieces by id, without the blank */
  constructor(pieces: readonly string[]) {
    this.#pieces = pieces.map(toPiece);
    this.blank = pieces.length;
  }

  /** Ids including the blank: the width of the joint. */
  get size(): number {
    return this.#pieces.length + 1;
  }

  decode(ids: Iterable<number>): string {
    let text = emptyText;
    for (const id of ids) text = this.append(text, id);
    return toText(text);
  }

  /** The text with one token more. */
  append(text: PartialText, id: number): PartialText {
    const piece = this.#pieces[id];
    if (piece === undefined || piece.type === "none") return text;
    if (piece.type === "byte") return { ...text, bytes: [...text.bytes, piece.byte] };
    return { settled: text.settled + bytesToText(text.bytes, false) + piece.text, bytes: [] };
  }
}

/** Text on its way: bytes of a character may still be missing. Never changed, so free to copy. */
export type PartialText = { readonly settled: string; readonly bytes: readonly number[] };

export const emptyText: PartialText = { settled: "", bytes: [] };

/** What people read: no space at either end, nothing of a character that is not yet whole. */
export function toText({ settled, bytes }: PartialText): string {
  return (settled + bytesToText(bytes, true)).trim();
}

/** Bytes that are no UTF-8 become U+FFFD; those that may yet be are left out while `isOpen`. */
function bytesToText(bytes: readonly number[], isOpen: boolean): string {
  if (bytes.length === 0) return "";
  return new TextDecoder().decode(Uint8Array.from(bytes), { stream: isOpen });
}

function toPiece(piece: string): Piece {
  const byte = bytePiece.exec(piece)?.[1];
  if (byte !== undefined) return { type: "byte", byte: Number.parseInt(byte, 16) };
  if (controlPiece.test(piece)) return { type: "none" };
  return { type: "text", text: piece.replace(spaceMark, " ") };
}
