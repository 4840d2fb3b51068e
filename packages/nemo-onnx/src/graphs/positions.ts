import { deferred } from "../onnx/deferred-model";
import type { GraphBuilder } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";

/** Sinusoidal encodings of relative positions, [positions, width], from past to future. */
export type PositionEncoding = Value;

/** Angular frequency of each pair of dimensions, in radians per position, as in NeMo. */
function angularFrequencies(width: number): Float32Array {
  const factor = Math.fround(-Math.log(10_000) / width);
  return Float32Array.from({ length: width / 2 }, (_, pair) =>
    Math.exp(Math.fround(2 * pair * factor)),
  );
}

/**
 * NeMo's `RelPositionalEncoding` as a table: sines in even dimensions, cosines in odd ones.
 *
 * @param first position of the farthest past, positive
 * @param last position of the farthest future, negative or 0
 */
export function positionTable(
  graph: GraphBuilder,
  first: number,
  last: number,
  width: number,
): PositionEncoding {
  const frequencies = angularFrequencies(width);
  const positions = first - last + 1;
  const table = new Float32Array(positions * width);
  for (let row = 0; row < positions; row++) {
    for (const [pair, frequency] of frequencies.entries()) {
      const angle = Math.fround((first - row) * frequency);
      table[row * width + 2 * pair] = Math.sin(angle);
      table[row * width + 2 * pair + 1] = Math.cos(angle);
    }
  }
  return graph.initializer(deferred("positions", table, [positions, width]));
}

/**
 * NeMo's `RelPositionalEncoding` for the positions `frames` - 1 to -`frames`, computed in the
 * graph: recordings may have any length, and a table for hours would be larger than a small model.
 *
 * @param frames int64, no dimensions
 */
export function computedPositions(
  graph: GraphBuilder,
  frames: Value,
  width: number,
): PositionEncoding {
  const minusOne = graph.integer(-1);
  const first = graph.add(frames, minusOne);
  const end = graph.subtract(graph.multiply(frames, minusOne), graph.integer(1));
  const positions = graph.range(first, end, minusOne);
  const column = graph.unsqueeze(graph.cast(positions, "float32"), [1]);
  const row = graph.initializer(
    deferred("position_turns", angularFrequencies(width), [1, width / 2]),
  );
  const angles = graph.multiply(column, row);
  const pairs = [graph.sin(angles), graph.cos(angles)].map((x) => graph.unsqueeze(x, [2]));
  return graph.reshape(graph.concat(pairs, 2), [-1, width]);
}
