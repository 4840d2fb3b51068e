import type { GraphBuilder } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";
import type { EncoderShape } from "./encoder-shape";
import { Module } from "./module";
import { weightColumns, asTransposed } from "./weight-layout";
import type { Weights } from "./weights";

/**
 * Conditions the encoder's frames on a language: NeMo's `prompt_kernel`
 * (`EncDecRNNTBPEModelWithPrompt`), two linear layers over a frame and the one-hot vector of its
 * language. Adds the input `prompt_index`, int64 [batch], to the graph of a prompted model; other
 * models' frames stay unchanged.
 *
 * @param frames [batch, time, width]
 * @returns frames of the same shape
 */
export function withPrompt(
  graph: GraphBuilder,
  weights: Weights,
  frames: Value,
  { width, prompts }: EncoderShape,
): Value {
  if (prompts === null) return frames;
  const index = graph.input("prompt_index", "int64", ["batch"]);
  const kernel = new Module(graph, weights, "prompt_kernel");
  const hidden = promptedLinear(kernel.child("0"), frames, index, { width, prompts });
  const activated = kernel.graph.relu(hidden);
  return kernel.child("2").linear(activated, [2 * width, width], { bias: true });
}

/** The first linear layer; its product with the one-hot vector is a row lookup instead. */
function promptedLinear(
  module: Module,
  frames: Value,
  index: Value,
  { width, prompts }: { width: number; prompts: number },
): Value {
  const { graph } = module;
  const weight = module.weight("weight", [2 * width, width + prompts]);
  const frameWeight = graph.initializer(asTransposed(weightColumns(weight, 0, width)));
  const promptRows = graph.initializer(asTransposed(weightColumns(weight, width, width + prompts)));
  const bias = module.parameter("bias", [2 * width]);
  const promptTerm = graph.add(graph.gather(promptRows, index, 0), bias);
  return graph.add(graph.matMul(frames, frameWeight), graph.unsqueeze(promptTerm, [1]));
}
