import type { Value } from "../onnx/graph-values";
import { swish, type Module } from "./module";

/** NeMo's `ConformerFeedForward`: [batch, time, width] to the same. */
export function conformerFeedForward(
  module: Module,
  x: Value,
  { width, innerWidth, hasBias }: { width: number; innerWidth: number; hasBias: boolean },
): Value {
  const inner = module.child("linear1").linear(x, [width, innerWidth], { bias: hasBias });
  const activated = swish(module.graph, inner);
  return module.child("linear2").linear(activated, [innerWidth, width], { bias: hasBias });
}
