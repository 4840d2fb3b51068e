import type { DeferredGraph } from "../onnx/deferred-model";
import { GraphBuilder } from "../onnx/graph-builder";
import { Module } from "./module";
import type { Weights } from "./weights";

/**
 * NeMo's `ConvASRDecoder`, the CTC head of a hybrid model: `encoder_outputs`
 * [batch, width, time] to `log_probs` [batch, time, tokens + blank].
 */
export function ctcHead(
  { encoderWidth, vocabularySize }: { encoderWidth: number; vocabularySize: number },
  weights: Weights,
): DeferredGraph {
  const graph = new GraphBuilder();
  const encoded = graph.input("encoder_outputs", "float32", ["batch", encoderWidth, "time"]);
  const module = new Module(graph, weights, "ctc_decoder.decoder_layers.0");
  const frames = module.graph.transpose(encoded, [0, 2, 1]);
  const classes = vocabularySize + 1;
  const logits = module.linear(frames, [encoderWidth, classes], { bias: true, kernelDims: [1] });
  const logProbabilities = module.graph.logSoftmax(logits);
  graph.output("log_probs", logProbabilities, "float32", ["batch", "time", classes]);
  return graph.build("ctc");
}
