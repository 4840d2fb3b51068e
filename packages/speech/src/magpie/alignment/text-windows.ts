import type { TextChunk } from "./text-chunk";

/** A chunk and the tokens of its window, history included. */
export type TextWindow = TextChunk & { ids: readonly number[] };

/**
 * Prepends the last tokens of the previous window, its end token included, to each later chunk
 * (NeMo's `_prepare_chunked_text_tensors`).
 *
 * @param chunks token ids of each chunk, with the end id
 */
export function textWindows(
  chunks: readonly (readonly number[])[],
  historyLength: number,
): TextWindow[] {
  const windows: TextWindow[] = [];
  for (const [index, chunk] of chunks.entries()) {
    const before = windows.at(-1);
    const history = before === undefined ? 0 : Math.min(chunk.length, historyLength, before.length);
    const ids =
      before === undefined || history === 0 ? chunk : [...before.ids.slice(-history), ...chunk];
    windows.push({
      ids,
      length: ids.length,
      history,
      offset: before === undefined ? 0 : before.offset + before.length - history,
      isFirst: before === undefined,
      isLast: index === chunks.length - 1,
    });
  }
  return windows;
}
