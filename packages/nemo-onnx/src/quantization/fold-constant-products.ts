import { bytesOf, type DeferredModel, type DeferredTensor } from "../onnx/deferred-model";
import { readFiniteColumns, readFiniteFloats } from "./read-finite-floats";
import { pruneInitializers } from "./prune-initializers";

/**
 * Folds products of two constant matrices when the model is written. A runtime would compute them
 * on every load, or in every run for weights other than float32. Attention's projected position
 * encodings are such products, much smaller than the projection itself.
 */
export function foldConstantProducts(model: DeferredModel): DeferredModel {
  const { graph } = model;
  const initializers = new Map(graph.initializers.map((tensor) => [tensor.name, tensor]));
  const nodes = graph.nodes.filter(({ domain, operator, inputs, outputs }) => {
    const [left, right] = inputs.map((name) => initializers.get(name));
    const [output] = outputs;
    const isProduct = domain === "" && operator === "MatMul";
    if (!isProduct || output === undefined || !isMatrix(left) || !isMatrix(right)) return true;
    initializers.set(output, productOf(output, left, right));
    return false;
  });
  return {
    ...model,
    graph: pruneInitializers({ ...graph, nodes, initializers: [...initializers.values()] }),
  };
}

function isMatrix(tensor: DeferredTensor | undefined): tensor is DeferredTensor {
  return tensor?.elementType === "float32" && tensor.dims.length === 2;
}

function productOf(name: string, left: DeferredTensor, right: DeferredTensor): DeferredTensor {
  const [rows = 0] = left.dims;
  const [inner = 0, columns = 0] = right.dims;
  const read = async () => {
    const [a, b] = [await readFiniteFloats(left), await readFiniteColumns(right)];
    return bytesOf(multiply(a, b, { rows, inner, columns }));
  };
  return { name, elementType: "float32", dims: [rows, columns], read };
}

/** Matrix product a · b, row-major. @param b column-major */
function multiply(
  a: Float32Array,
  b: Float32Array,
  { rows, inner, columns }: { rows: number; inner: number; columns: number },
): Float32Array {
  // Four rows are multiplied per read of a column; rows of zeros complete the last four.
  const left = new Float64Array(Math.ceil(rows / 4) * 4 * inner);
  left.set(a);
  const right = new Float64Array(inner);
  const result = new Float32Array((left.length / inner) * columns);
  for (let column = 0; column < columns; column++) {
    right.set(b.subarray(column * inner, (column + 1) * inner));
    for (let row = 0; row < rows; row += 4) {
      multiplyFour(left, right, row, result, row * columns + column, columns);
    }
  }
  return result.subarray(0, rows * columns);
}

/** Products of four rows with one column, stored at `at` and one, two and three `step` further. */
function multiplyFour(
  left: Float64Array,
  right: Float64Array,
  row: number,
  result: Float32Array,
  at: number,
  step: number,
): void {
  const inner = right.length;
  let [first, second, third, fourth] = [0, 0, 0, 0];
  const start = row * inner;
  for (let index = 0; index < inner; index++) {
    const factor = right[index] ?? 0;
    const place = start + index;
    first += (left[place] ?? 0) * factor;
    second += (left[place + inner] ?? 0) * factor;
    third += (left[place + 2 * inner] ?? 0) * factor;
    fourth += (left[place + 3 * inner] ?? 0) * factor;
  }
  result[at] = first;
  result[at + step] = second;
  result[at + 2 * step] = third;
  result[at + 3 * step] = fourth;
}
