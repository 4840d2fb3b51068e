import type { GraphBuilder } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";
import { Module } from "../module";
import type { Weights } from "../weights";
import { positionwiseFeedForward } from "./positionwise-feed-forward";
import { attend, splitQueriesKeysValues } from "./attention";
import type { StackShape } from "./magpie-shape";
import { scaleNorm } from "./scale-norm";

/** Keys and values of all steps so far, in one layer. */
type StepCache = {
  /** [rows, heads, headWidth, 1] each. */
  keys: Value[];
  /** [rows, heads, 1, headWidth] each. */
  values: Value[];
};

/** Magpie's local transformer, unrolled: every call of `step` adds one position to the graph. */
export class LocalTransformer {
  readonly #module: Module;
  readonly #shape: StackShape;
  readonly #caches: StepCache[];
  #position = 0;

  constructor(graph: GraphBuilder, weights: Weights, shape: StackShape) {
    this.#module = new Module(graph, weights, "local_transformer");
    this.#shape = shape;
    this.#caches = Array.from({ length: shape.layers }, () => ({ keys: [], values: [] }));
  }

  /** Adds the next position: [rows, width] to the same. There is no norm behind the last layer. */
  step(input: Value): Value {
    const { graph } = this.#module;
    const { positions, width } = this.#shape;
    const table = this.#module.parameter("position_embeddings.weight", [positions, width]);
    const position = graph.slice(table, 0, this.#position, this.#position + 1);
    this.#position += 1;
    let x = graph.unsqueeze(graph.add(input, position), [1]);
    for (const [layer, cache] of this.#caches.entries()) {
      x = this.#layer(this.#module.child(`layers.${layer}`), x, cache);
    }
    return graph.squeeze(x, [1]);
  }

  /** @param x [rows, 1, width] */
  #layer(module: Module, x: Value, cache: StepCache): Value {
    const { graph } = module;
    const { width } = this.#shape;
    const normed = scaleNorm(module.child("norm_self"), x, width);
    const attended = this.#attention(module.child("self_attention"), normed, cache);
    const joined = graph.add(x, attended);
    const normedJoined = scaleNorm(module.child("norm_pos_ff"), joined, width);
    return graph.add(
      joined,
      positionwiseFeedForward(module.child("pos_ff"), normedJoined, this.#shape),
    );
  }

  #attention(module: Module, x: Value, cache: StepCache): Value {
    const { graph } = module;
    const { width, heads } = this.#shape;
    const headWidth = width / heads;
    const all = module.child("qkv_net").linear(x, [width, 3 * width], { bias: false });
    const [query, key, value] = splitQueriesKeysValues(graph, all, width);
    cache.keys.push(graph.reshape(key, [0, heads, headWidth, 1]));
    cache.values.push(graph.reshape(value, [0, heads, 1, headWidth]));
    const parts = {
      query: graph.reshape(query, [0, heads, 1, headWidth]),
      keys: graph.concat(cache.keys, 3),
      values: graph.concat(cache.values, 2),
    };
    const attended = attend(graph, parts, { headWidth, bias: null });
    const joined = graph.reshape(attended, [0, 1, width]);
    return module.child("o_net").linear(joined, [width, width], { bias: false });
  }
}
