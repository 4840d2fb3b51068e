import type { DeferredGraph } from "../../onnx/deferred-model";
import { GraphBuilder } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";
import { Module } from "../module";
import type { Weights } from "../weights";
import { LocalTransformer } from "./local-transformer";
import { slotsOf, type MagpieShape } from "./magpie-shape";
import { sampleToken, type SamplingInputs } from "./sample-token";

/**
 * Magpie's autoregressive local transformer with guidance and sampling in the graph: it generates
 * the slots of one decoder step one after the other, each from the tokens before.
 *
 * Inputs for b replies: `hidden` [2b, width] of the decoder, all rows with text and then the same
 * rows without text; `gumbel` [b, slots, topK], noise by rank: entry r is added to the r-th largest
 * logit, and all zeros select the largest; `token_bias` [tokens], -∞ for forbidden tokens;
 * `cfg` [], the guidance scale; `inv_temp` [], 1 / temperature; `forced` int64 [b, slots], -1 to
 * sample.
 *
 * Outputs: `codes` int64 [b, slots]; `logits` [2b, slots, tokens], before guidance and token bias.
 */
export function localSampler(shape: MagpieShape, weights: Weights): DeferredGraph {
  const graph = new GraphBuilder();
  const { decoder: stack, tokens, topK, localTransformer } = shape;
  const slots = slotsOf(shape);
  const hidden = graph.input("hidden", "float32", ["rows", stack.width]);
  const gumbel = graph.input("gumbel", "float32", ["batch", slots, topK]);
  const settings = {
    tokenBias: graph.input("token_bias", "float32", [tokens]),
    guidance: graph.input("cfg", "float32", []),
    inverseTemperature: graph.input("inv_temp", "float32", []),
    replies: graph.shape(gumbel, 0, 1),
  };
  const forced = graph.cast(graph.input("forced", "int64", ["batch", slots]), "int32");

  const transformer = new LocalTransformer(graph, weights, localTransformer);
  const codes: Value[] = [];
  const logits: Value[] = [];
  let x = projectToLocal(graph, weights, hidden, shape);
  for (let slot = 0; slot < slots; slot++) {
    const head = new Module(graph, weights, `local_transformer_out_projections.${slot}`);
    const width = localTransformer.width;
    const output = head.linear(transformer.step(x), [width, tokens], { bias: true });
    const inputs: SamplingInputs = {
      ...settings,
      gumbel: graph.squeeze(graph.slice(gumbel, 1, slot, slot + 1), [1]),
      forced: graph.slice(forced, 1, slot, slot + 1),
    };
    const code = sampleToken(head.graph, output, inputs, { topK, tokens });
    logits.push(graph.unsqueeze(output, [1]));
    codes.push(code);
    if (slot + 1 < slots) {
      const table = new Module(graph, weights, `audio_embeddings.${slot}`);
      const rows = table.parameter("weight", [tokens, stack.width]);
      const both = graph.squeeze(graph.concat([code, code], 0), [1]);
      x = projectToLocal(graph, weights, graph.gather(rows, both, 0), shape);
    }
  }
  graph.output("codes", graph.cast(graph.concat(codes, 1), "int64"), "int64", ["batch", slots]);
  graph.output("logits", graph.concat(logits, 1), "float32", ["rows", slots, tokens]);
  return graph.build("local_sampler");
}

/** Projection to the local transformer's width: [rows, width] to [rows, localWidth]. */
function projectToLocal(
  graph: GraphBuilder,
  weights: Weights,
  x: Value,
  shape: MagpieShape,
): Value {
  const { width } = shape.decoder;
  const localWidth = shape.localTransformer.width;
  if (width === localWidth) return x;
  const module = new Module(graph, weights, "local_transformer_in_projection");
  return module.linear(x, [width, localWidth], { bias: true });
}
