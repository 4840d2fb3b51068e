import type { GraphBuilder } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";
import type { Weight, Weights } from "./weights";
import { asStored, asTransposed } from "./weight-layout";

/**
 * A module of the network under construction. Its path, such as `encoder.layers.0.conv`, prefixes
 * both the names of its weights in the checkpoint and those of its nodes in the graph.
 */
export class Module {
  readonly graph: GraphBuilder;
  readonly #weights: Weights;
  readonly #path: string;

  constructor(graph: GraphBuilder, weights: Weights, path: string) {
    this.graph = graph.inScope(path);
    this.#weights = weights;
    this.#path = path;
  }

  child(name: string): Module {
    return new Module(this.graph, this.#weights, `${this.#path}.${name}`);
  }

  /** @param name relative to this module's path */
  weight(name: string, shape: readonly number[]): Weight {
    return this.#weights.take(`${this.#path}.${name}`, shape);
  }

  /** A vector or matrix in the checkpoint's layout. */
  parameter(name: string, shape: readonly number[]): Value {
    return this.graph.initializer(asStored(this.weight(name, shape)));
  }

  /**
   * PyTorch's `Linear`, or a convolution over one frame: x [..., inputs] to [..., outputs].
   *
   * @param kernelDims lengths of the kernel's axes, all 1
   */
  linear(
    x: Value,
    [inputs, outputs]: readonly [number, number],
    { bias, kernelDims = [] }: { bias: boolean; kernelDims?: readonly 1[] },
  ): Value {
    const weight = this.weight("weight", [outputs, inputs, ...kernelDims]);
    const product = this.graph.matMul(x, this.graph.initializer(asTransposed(weight)));
    return bias ? this.graph.add(product, this.parameter("bias", [outputs])) : product;
  }

  /** PyTorch's `LayerNorm` over the last axis. */
  layerNorm(x: Value, width: number): Value {
    const scale = this.parameter("weight", [width]);
    return this.graph.layerNormalization(x, scale, this.parameter("bias", [width]), 1e-5);
  }
}

/** x · sigmoid(x), also called SiLU. */
export function swish(graph: GraphBuilder, x: Value): Value {
  return graph.multiply(x, graph.sigmoid(x));
}
