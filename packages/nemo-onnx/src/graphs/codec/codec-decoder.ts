import { deferred, type DeferredGraph } from "../../onnx/deferred-model";
import { GraphBuilder } from "../../onnx/graph-builder";
import type { Value } from "../../onnx/graph-values";
import { Module } from "../module";
import type { Weights } from "../weights";
import { causalConvolution, causalUpSampling } from "./causal-convolutions";
import { codesOf, type CodecShape } from "./codec-shape";
import { halfSnake } from "./half-snake";
import { quantizerTable } from "./quantizer-table";
import { StreamStates } from "./stream-states";

export type CodecGraph = {
  graph: DeferredGraph;
  /** Shapes of the states `s0`, `s1` … for one stream. */
  states: readonly (readonly [1, number, number])[];
};

/**
 * NanoCodec's decoder as a streaming graph: `codes` int64 [batch, codebooks, frames] and the states
 * `s0` … to `audio` [batch, samplesPerFrame × frames] in -1 to 1 and the next states `s0_out` ….
 * All layers are causal: with zeros as first states and states passed on from run to run, any
 * division into runs gives the audio of a single run.
 */
export function codecDecoder(shape: CodecShape, weights: Weights): CodecGraph {
  const graph = new GraphBuilder();
  const states = new StreamStates(graph);
  const module = new Module(graph, weights, "audio_decoder");
  const codes = graph.input("codes", "int64", ["batch", shape.codebooks, "frames"]);
  let channels = shape.baseChannels;
  let x = causalConvolution(module.child("pre_conv"), dequantize(graph, codes, shape), states, {
    inputs: shape.codebooks * shape.levels.length,
    outputs: channels,
    kernel: shape.inKernel,
  });
  for (const [stage, rate] of shape.upSampleRates.entries()) {
    const outputs = Math.floor(channels / 2);
    x = halfSnake(module.child(`activations.${stage}`), x, channels);
    x = causalUpSampling(module.child(`up_sample_conv_layers.${stage}`), x, states, {
      inputs: channels,
      outputs,
      rate,
      isGrouped: shape.isUpSamplingGrouped,
    });
    x = residualLayer(module.child(`res_layers.${stage}`), x, states, {
      ...shape,
      channels: outputs,
    });
    channels = outputs;
  }
  x = halfSnake(module.child("post_activation"), x, channels);
  const last = { inputs: channels, outputs: 1, kernel: shape.outKernel };
  x = causalConvolution(module.child("post_conv"), x, states, last);
  const clamped = graph.node("Clip", [x, graph.scalar(-1), graph.scalar(1)]);
  graph.output("audio", graph.squeeze(clamped, [1]), "float32", ["batch", "samples"]);
  return { graph: graph.build("codec"), states: states.shapes };
}

/** [batch, codebooks, frames] to [batch, codebooks × dimensions, frames]. */
function dequantize(graph: GraphBuilder, codes: Value, shape: CodecShape): Value {
  const dimensions = shape.levels.length;
  const dims = [codesOf(shape), dimensions];
  const table = graph.initializer(deferred("quantizer", quantizerTable(shape.levels), dims));
  const parts = graph.transpose(graph.gather(table, codes, 0), [0, 1, 3, 2]);
  return graph.reshape(parts, [0, shape.codebooks * dimensions, -1]);
}

type ResidualShape = Pick<CodecShape, "kernels" | "dilations"> & { channels: number };

/** NeMo's `HiFiGANResLayer`: the mean of parallel branches with different kernels. */
function residualLayer(
  module: Module,
  x: Value,
  states: StreamStates,
  { kernels, dilations, channels }: ResidualShape,
): Value {
  const { graph } = module;
  const branches = kernels.map((kernel, branch) =>
    dilations.reduce((input, dilation, block) => {
      const name = `res_blocks.${branch}.res_blocks.${block}`;
      return residualBlock(module.child(name), input, states, { channels, kernel, dilation });
    }, x),
  );
  const sum = branches.reduce((a, b) => graph.add(a, b));
  return graph.multiply(sum, graph.scalar(1 / branches.length));
}

function residualBlock(
  module: Module,
  x: Value,
  states: StreamStates,
  { channels, kernel, dilation }: { channels: number; kernel: number; dilation: number },
): Value {
  const convolution = { inputs: channels, outputs: channels, kernel };
  const activatedInput = halfSnake(module.child("input_activation"), x, channels);
  const dilated = { ...convolution, dilation };
  const inner = causalConvolution(module.child("input_conv"), activatedInput, states, dilated);
  const activatedInner = halfSnake(module.child("skip_activation"), inner, channels);
  const change = causalConvolution(module.child("skip_conv"), activatedInner, states, convolution);
  return module.graph.add(x, change);
}
