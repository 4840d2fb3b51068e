import { bytesOf, type DeferredTensor } from "../../onnx/deferred-model";
import type { Weight } from "../weights";

/** Tables of one width, one behind the other: [all rows, columns]. */
export function joinedWeights(name: string, weights: readonly Weight[]): DeferredTensor {
  const rows = weights.reduce((sum, { shape }) => sum + (shape[0] ?? 0), 0);
  const columns = weights[0]?.shape[1] ?? 0;
  const read = async () => {
    const joined = new Float32Array(rows * columns);
    let end = 0;
    for (const weight of weights) {
      const values = await weight.read();
      joined.set(values, end);
      end += values.length;
    }
    return bytesOf(joined);
  };
  return { name, elementType: "float32", dims: [rows, columns], read };
}
