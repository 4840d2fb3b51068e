import { bytesOf, type DeferredTensor } from "../onnx/deferred-model";
import type { Value } from "../onnx/graph-values";
import type { Module } from "./module";
import type { Weight } from "./weights";

/** Gates of PyTorch (input, forget, cell, output) in ONNX's order (input, output, forget, cell). */
const gateOrder = [0, 3, 1, 2];

/**
 * One layer of PyTorch's `LSTM`.
 *
 * @param x [time, batch, width]
 * @param before states before the first step, [1, batch, width]
 * @returns `outputs` [time, batch, width]; the states after the last step, [1, batch, width]
 */
export function lstmLayer(
  module: Module,
  x: Value,
  before: { hidden: Value; cell: Value },
  { layer, width }: { layer: number; width: number },
): { outputs: Value; hidden: Value; cell: Value } {
  const { graph } = module;
  const matrix = (kind: "ih" | "hh") => {
    const weight = module.weight(`weight_${kind}_l${layer}`, [4 * width, width]);
    return graph.initializer(reordered(weight.name, [1, 4 * width, width], [weight]));
  };
  const biases = (["ih", "hh"] as const).map((kind) =>
    module.weight(`bias_${kind}_l${layer}`, [4 * width]),
  );
  const biasName = biases.map(({ name }) => name).join("+");
  const { outputs, hidden, cell } = graph.lstm(x, {
    inputWeight: matrix("ih"),
    hiddenWeight: matrix("hh"),
    bias: graph.initializer(reordered(biasName, [1, 8 * width], biases)),
    ...before,
    width,
  });
  return { outputs: graph.squeeze(outputs, [1]), hidden, cell };
}

/** Weights concatenated, each with its gates in ONNX's order. */
function reordered(
  name: string,
  dims: readonly number[],
  weights: readonly Weight[],
): DeferredTensor {
  const read = async () => {
    const parts: Float32Array[] = [];
    for (const weight of weights) {
      const values = await weight.read();
      const gate = values.length / gateOrder.length;
      parts.push(...gateOrder.map((index) => values.subarray(index * gate, (index + 1) * gate)));
    }
    return Buffer.concat(parts.map(bytesOf));
  };
  return { name, elementType: "float32", dims, read };
}
