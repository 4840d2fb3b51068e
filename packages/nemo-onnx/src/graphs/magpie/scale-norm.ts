import type { Value } from "../../onnx/graph-values";
import type { Module } from "../module";

/** `LayerNorm` over the last axis with a weight but no bias, as in all of Magpie. */
export function scaleNorm(module: Module, x: Value, width: number): Value {
  return module.graph.layerNormalization(x, module.parameter("weight", [width]), null, 1e-5);
}
