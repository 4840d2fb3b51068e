import type { DeferredGraph } from "../onnx/deferred-model";
import { GraphBuilder } from "../onnx/graph-builder";
import type { Value } from "../onnx/graph-values";
import { Module } from "./module";
import { lstmLayer } from "./lstm-layer";
import type { Weights } from "./weights";

const withBias = { bias: true };

/** Sizes of a transducer's prediction network and joint. */
export type DecoderShape = {
  encoderWidth: number;
  /** Number of tokens without the blank. */
  vocabularySize: number;
  predictorLayers: number;
  predictorWidth: number;
  jointWidth: number;
  /** Duration outputs of a TDT model; 0 for RNN-T. */
  durations: number;
  /** Index of the linear layer in `joint.joint_net`: 2 with dropout, 1 without. */
  jointOutputIndex: 1 | 2;
};

/**
 * NeMo's `RNNTDecoder` and `RNNTJoint` in one graph: `encoder_outputs` [batch, width, time],
 * `targets` int32 [batch, steps], `target_length` int32 [batch] and the LSTM's states
 * [layers, batch, width] to logits (not normalised) [batch, time, steps, tokens + blank +
 * durations], and the states after the targets.
 */
export function decoderJoint(shape: DecoderShape, weights: Weights): DeferredGraph {
  const graph = new GraphBuilder();
  const { predictorLayers, predictorWidth } = shape;
  const stateDims = [predictorLayers, "batch", predictorWidth] as const;
  const encoded = graph.input("encoder_outputs", "float32", ["batch", shape.encoderWidth, "time"]);
  const targets = graph.input("targets", "int32", ["batch", "steps"]);
  const targetLength = graph.input("target_length", "int32", ["batch"]);
  const states = {
    hidden: graph.input("input_states_1", "float32", stateDims),
    cell: graph.input("input_states_2", "float32", stateDims),
  };

  const predictor = new Module(graph, weights, "decoder.prediction");
  const prediction = predict(predictor, targets, states, shape);
  const joint = new Module(graph, weights, "joint");
  const logits = join(joint, encoded, prediction.outputs, shape);

  const classes = shape.vocabularySize + 1 + shape.durations;
  graph.output("outputs", logits, "float32", ["batch", "time", "steps", classes]);
  graph.output("prednet_lengths", targetLength, "int32", ["batch"]);
  graph.output("output_states_1", prediction.hidden, "float32", stateDims);
  graph.output("output_states_2", prediction.cell, "float32", stateDims);
  return graph.build("decoder_joint");
}

/**
 * @returns `outputs` [batch, steps, width]; the states after the targets, [layers, batch, width]
 */
function predict(
  module: Module,
  targets: Value,
  states: { hidden: Value; cell: Value },
  { vocabularySize, predictorLayers, predictorWidth: width }: DecoderShape,
): { outputs: Value; hidden: Value; cell: Value } {
  const { graph } = module;
  const table = module.parameter("embed.weight", [vocabularySize + 1, width]);
  let x = graph.transpose(graph.gather(table, targets, 0), [1, 0, 2]);
  const hidden: Value[] = [];
  const cell: Value[] = [];
  for (let layer = 0; layer < predictorLayers; layer++) {
    const of = (state: Value) => graph.slice(state, 0, layer, layer + 1);
    const before = { hidden: of(states.hidden), cell: of(states.cell) };
    const after = lstmLayer(module.child("dec_rnn.lstm"), x, before, { layer, width });
    x = after.outputs;
    hidden.push(after.hidden);
    cell.push(after.cell);
  }
  return {
    outputs: graph.transpose(x, [1, 0, 2]),
    hidden: graph.concat(hidden, 0),
    cell: graph.concat(cell, 0),
  };
}

/**
 * @param encoded [batch, encoderWidth, time]
 * @param predicted [batch, steps, predictorWidth]
 * @returns [batch, time, steps, classes]
 */
function join(module: Module, encoded: Value, predicted: Value, shape: DecoderShape): Value {
  const { graph } = module;
  const { encoderWidth, predictorWidth, jointWidth, vocabularySize, durations } = shape;
  const frames = graph.transpose(encoded, [0, 2, 1]);
  const fromEncoder = module.child("enc").linear(frames, [encoderWidth, jointWidth], withBias);
  const fromPredictor = module
    .child("pred")
    .linear(predicted, [predictorWidth, jointWidth], withBias);
  const sum = graph.add(graph.unsqueeze(fromEncoder, [2]), graph.unsqueeze(fromPredictor, [1]));
  const output = module.child(`joint_net.${shape.jointOutputIndex}`);
  return output.linear(graph.relu(sum), [jointWidth, vocabularySize + 1 + durations], withBias);
}
