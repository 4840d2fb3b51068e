import type { EncodedFrames } from "./asr-model";

/**
 * Transposes [rows, columns] to [columns, rows].
 *
 * @param from index of the block in `source`
 * @param to index of the transposed block in `target`
 */
export function transposeInto(
  source: Float32Array,
  from: number,
  target: Float32Array,
  to: number,
  { rows, columns }: { rows: number; columns: number },
): void {
  for (let row = 0; row < rows; row++) {
    for (let column = 0; column < columns; column++) {
      target[to + column * rows + row] = source[from + row * columns + column] ?? 0;
    }
  }
}

/**
 * Splits an encoder's output into one block per stream, without padding.
 *
 * @param data [batch, width, frames], or [batch, frames, width]
 * @param lengths [batch]: valid frames
 */
export function splitFrames(
  data: Float32Array,
  lengths: readonly number[],
  { frames, width, isFrameFirst }: { frames: number; width: number; isFrameFirst: boolean },
): EncodedFrames[] {
  return lengths.map((length, stream) => {
    const valid = Math.min(length, frames);
    const start = stream * width * frames;
    if (isFrameFirst) return { data: data.slice(start, start + valid * width), frames: valid };
    const block = new Float32Array(valid * width);
    for (let channel = 0; channel < width; channel++) {
      const row = start + channel * frames;
      for (let frame = 0; frame < valid; frame++) {
        block[frame * width + channel] = data[row + frame] ?? 0;
      }
    }
    return { data: block, frames: valid };
  });
}
