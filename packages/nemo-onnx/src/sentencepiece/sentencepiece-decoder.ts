import { spaceMark, type SentencePieceModel } from "./sentencepiece-model";

/** What SentencePiece shows for the unknown piece. */
const unknownText = " \u2047 ";

/**
 * Ids to text, exactly as the SentencePiece library (0.2) does it: unknowns as " \u2047 ", the
 * space of the dummy prefix left out, every byte that is part of no character as U+FFFD.
 *
 * @throws RangeError for an id that the model does not have
 */
export function decodePieces(model: SentencePieceModel, ids: readonly number[]): string {
  const { addsDummyPrefix, removesExtraSpaces } = model.normalizer;
  let text = "";
  let bytes: number[] = [];
  let mayDropSpace = addsDummyPrefix || removesExtraSpaces;
  for (const id of ids) {
    const piece = model.pieces[id];
    if (piece === undefined) throw new RangeError(`id ${id} of ${model.pieces.length} pieces`);
    if (piece.type === "byte") {
      bytes.push(Number.parseInt(piece.text.slice(3, 5), 16));
      continue;
    }
    text += decodeBytes(bytes);
    bytes = [];
    if (text !== "") mayDropSpace = false;
    if (piece.type === "unknown") text += unknownText;
    if (piece.type === "unknown" || piece.type === "control") continue;
    const isDropping = mayDropSpace && piece.text.startsWith(spaceMark);
    text += piece.text.slice(isDropping ? 1 : 0).replaceAll(spaceMark, " ");
    // Where extra spaces are removed, all at the start are; else just that of the prefix.
    if (isDropping && !removesExtraSpaces) mayDropSpace = false;
  }
  return text + decodeBytes(bytes);
}

function decodeBytes(bytes: readonly number[]): string {
  let text = "";
  for (let at = 0; at < bytes.length;) {
    const character = characterAt(bytes, at);
    text += character?.text ?? "\ufffd";
    at += character?.length ?? 1;
  }
  return text;
}

function characterAt(
  bytes: readonly number[],
  start: number,
): { text: string; length: number } | null {
  const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: true });
  for (let length = 1; length <= 4; length++) {
    try {
      const text = decoder.decode(Uint8Array.from(bytes.slice(start, start + length)));
      return { text, length };
    } catch {
      // Not a whole character: one byte more may make it one.
    }
  }
  return null;
}
