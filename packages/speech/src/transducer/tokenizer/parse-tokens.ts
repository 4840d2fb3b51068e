import { AppError } from "@parley/shared/errors";

const blankPiece = "<blk>";

/**
 * Reads `tokens.txt` or `vocab.txt` of an exported model: one "piece id" per line, ids from 0
 * upwards, `<blk>` last.
 *
 * @returns the pieces by id, without the blank
 * @throws AppError `model-mismatch`, naming the line
 */
export function parseTokens(text: string): readonly string[] {
  const lines = text.split("\n").map((line) => line.replace(/\r$/, ""));
  if (lines.at(-1) === "") lines.pop();
  const pieces = lines.map((line, index) => {
    // The last space separates: a piece may contain spaces itself.
    const split = line.lastIndexOf(" ");
    if (split < 1 || line.slice(split + 1) !== String(index)) {
      throw new AppError("model-mismatch", `tokens.txt line ${index + 1} has no id ${index}`);
    }
    return line.slice(0, split);
  });
  if (pieces.at(-1) !== blankPiece) {
    throw new AppError(
      "model-mismatch",
      `tokens.txt line ${Math.max(1, lines.length)} is not ${blankPiece}`,
    );
  }
  return pieces.slice(0, -1);
}
