import { bytesOf, type DeferredTensor } from "../../onnx/deferred-model";
import { sliceEnd } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";
import type { Module } from "../module";
import type { Weight } from "../weights";

/** Added to α before division, as in NeMo's `snake`. */
const epsilon = 1e-9;

/**
 * NeMo's `HalfSnake`: `x + sin²(αx) / α` (arXiv:2006.08195) in the first half of the channels,
 * leaky ReLU in the other half, which has one channel more when their number is odd.
 *
 * @param x [batch, channels, time]
 */
export function halfSnake(module: Module, x: Value, channels: number): Value {
  const { graph } = module;
  const half = Math.floor(channels / 2);
  const alpha = module.weight("activation.snake_act.alpha", [1, half, 1]);
  const snakeInput = graph.slice(x, 1, 0, half);
  const frequency = module.parameter("activation.snake_act.alpha", [1, half, 1]);
  const sine = graph.sin(graph.multiply(snakeInput, frequency));
  const square = graph.multiply(sine, sine);
  const oscillation = graph.multiply(square, graph.initializer(reciprocal(alpha)));
  const leaky = graph.node("LeakyRelu", [graph.slice(x, 1, half, sliceEnd)], {
    alpha: { type: "float", value: 0.01 },
  });
  return graph.concat([graph.add(snakeInput, oscillation), leaky], 1);
}

function reciprocal(alpha: Weight): DeferredTensor {
  const read = async () => bytesOf((await alpha.read()).map((value) => 1 / (value + epsilon)));
  return { name: `${alpha.name}.reciprocal`, elementType: "float32", dims: alpha.shape, read };
}
