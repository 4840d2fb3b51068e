import { deferred } from "../onnx/deferred-model";
import type { GraphBuilder } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";

/** Sinusoids of relative positions, [positions, width], from the farthest past to the future. */
export type PositionEncoding = Value;

/** Angle by which each pair of dimensions turns from one position to the next, as in NeMo. */
function turns(width: number): Float32Array {
  const factor = Math.fround(-Math.log(10_000) / width);
  return Float32Array.from({ length: width / 2 }, (_, pair) =>
    Math.exp(Math.fround(2 * pair * factor)),
  );
}

/**
 * NeMo's `RelPositionalEncoding` as a table: sines in even dimensions, cosines in odd ones.
 *
 * @param first the farthest past, positive
 * @param last the farthest future, negative or 0
 */
export function positionTable(
  graph: GraphBuilder,
  first: number,
  last: number,
  width: number,
): PositionEncoding {
  const perPosition = turns(width);
  const positions = first - last + 1;
  const table = new Float32Array(positions * width);
  for (let row = 0; row < positions; row++) {
    for (const [pair, turn] of perPosition.entries()) {
      const angle = Math.fround((first - row) * turn);
      table[row * width + 2 * pair] = Math.sin(angle);
      table[row * width + 2 * pair + 1] = Math.cos(angle);
    }
  }
  return graph.initializer(deferred("positions", table, [positions, width]));
}

/**
 * The same for `frames` - 1 to -`frames`, computed within the graph: recordings may be of any
 * length, and a table for hours would be larger than a small model.
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
  const row = graph.initializer(deferred("position_turns", turns(width), [1, width / 2]));
  const angles = graph.multiply(column, row);
  const pairs = [graph.sin(angles), graph.cos(angles)].map((x) => graph.unsqueeze(x, [2]));
  return graph.reshape(graph.concat(pairs, 2), [-1, width]);
}
