import { bytesToText } from "./bytes-to-text";
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
    text += bytesToText(bytes);
    bytes = [];
    if (text !== "") mayDropSpace = false;
    if (piece.type === "unknown") text += unknownText;
    if (piece.type === "unknown" || piece.type === "control") continue;
    const isDropping = mayDropSpace && piece.text.startsWith(spaceMark);
    text += piece.text.slice(isDropping ? 1 : 0).replaceAll(spaceMark, " ");
    // Where extra spaces are removed, all at the start are; else just that of the prefix.
    if (isDropping && !removesExtraSpaces) mayDropSpace = false;
  }
  return text + bytesToText(bytes);
}
