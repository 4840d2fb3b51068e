import { copyFile, link, mkdir, readFile, writeFile } from "node:fs/promises";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { decodeModel } from "@parley/nemo-onnx/onnx/decode-model";
import { encodeModel } from "@parley/nemo-onnx/onnx/encode-model";
import type { OnnxModel, OnnxNode, OnnxTensor, OnnxValue } from "@parley/nemo-onnx/onnx/onnx-model";
import { extractSubgraph } from "./extract-subgraph";

/**
 * Writes a converted model in sherpa-onnx's layout, with the same nodes and weights: two frames are
 * always dropped, the encoder returns the whole next cache, prediction network and joint are in
 * files of their own, and the encoder's metadata has its sizes.
 *
 * @param source a folder with `encoder.onnx`, `decoder_joint.onnx`, `tokens.txt`
 */
export async function writeSherpaLayout(
  source: string,
  target: string,
  rightContext: number,
): Promise<void> {
  await mkdir(target, { recursive: true });
  const encoder = await read(source, "encoder.onnx");
  const fused = await read(source, "decoder_joint.onnx");
  await copyFile(join(source, "tokens.txt"), join(target, "tokens.txt"));
  await write(
    target,
    "encoder.onnx",
    withWholeCache(withFixedDrop(encoder, metadata(encoder, fused, rightContext))),
  );
  const { decoder, joiner } = split(fused);
  await write(target, "decoder.onnx", decoder);
  await write(target, "joiner.onnx", joiner);
  for (const data of ["encoder.onnx.data", "decoder_joint.onnx.data"]) {
    if (existsSync(join(source, data))) await link(join(source, data), join(target, data));
  }
}

async function read(folder: string, file: string): Promise<OnnxModel> {
  return decodeModel(await readFile(join(folder, file)), file);
}

async function write(folder: string, file: string, model: OnnxModel): Promise<void> {
  await writeFile(join(folder, file), encodeModel(model));
}

function withFixedDrop(model: OnnxModel, properties: Record<string, string>): OnnxModel {
  const drop: OnnxTensor = {
    name: "always_dropped",
    elementType: "int64",
    dims: [1],
    data: new Uint8Array(BigInt64Array.of(2n).buffer),
  };
  const { graph } = model;
  return {
    ...model,
    metadata: properties,
    graph: {
      ...graph,
      nodes: graph.nodes.map((node) => ({
        ...node,
        inputs: node.inputs.map((name) => (name === "drop_extra" ? drop.name : name)),
      })),
      inputs: graph.inputs.filter(({ name }) => name !== "drop_extra"),
      initializers: [...graph.initializers, drop],
    },
  };
}

/** As NeMo's export: the last frames of the cache and of those that are new. */
function withWholeCache(model: OnnxModel): OnnxModel {
  const { graph } = model;
  const cache = required(graph.inputs, "cache_last_channel");
  const added = required(graph.outputs, "cache_last_channel_new");
  const next = { ...cache, name: "cache_last_channel_next" };
  const node = (operator: string, inputs: string[], output: string): OnnxNode => ({
    domain: "",
    operator,
    name: `layout/${output}`,
    attributes: {},
    inputs,
    outputs: [output],
  });
  const integer = (name: string, value: number): OnnxTensor => ({
    name,
    elementType: "int64",
    dims: [1],
    data: new Uint8Array(BigInt64Array.of(BigInt(value)).buffer),
  });
  const joined = {
    ...node("Concat", [cache.name, added.name], "cache_joined"),
    attributes: { axis: { type: "int", value: 2 } },
  } as const;
  const limits = ["cache_kept_from", "cache_kept_to", "cache_kept_axis"] as const;
  const kept = node("Slice", ["cache_joined", ...limits], next.name);
  return {
    ...model,
    graph: {
      ...graph,
      nodes: [...graph.nodes, joined, kept],
      outputs: graph.outputs.map((output) => (output === added ? next : output)),
      initializers: [
        ...graph.initializers,
        integer(limits[0], -Number(cache.dims[2])),
        integer(limits[1], 2 ** 31),
        integer(limits[2], 2),
      ],
    },
  };
}

function metadata(encoder: OnnxModel, fused: OnnxModel, rightContext: number) {
  const size = (model: OnnxModel, name: string, axis: number): number => {
    const values = [...model.graph.inputs, ...model.graph.outputs];
    return Number(values.find((value) => value.name === name)?.dims[axis]);
  };
  const values = {
    vocab_size: size(fused, "outputs", 3) - 1,
    window_size: 8 * (rightContext + 1) + 9,
    chunk_shift: 8 * (rightContext + 1),
    chunk_size_ms: 80 * (rightContext + 1),
    normalize_type: "",
    cache_last_channel_dim1: size(encoder, "cache_last_channel", 1),
    cache_last_channel_dim2: size(encoder, "cache_last_channel", 2),
    cache_last_channel_dim3: size(encoder, "cache_last_channel", 3),
    cache_last_time_dim1: size(encoder, "cache_last_time", 1),
    cache_last_time_dim2: size(encoder, "cache_last_time", 2),
    cache_last_time_dim3: size(encoder, "cache_last_time", 3),
    pred_rnn_layers: size(fused, "input_states_1", 0),
    pred_hidden: size(fused, "input_states_1", 2),
    subsampling_factor: 8,
    feat_dim: size(encoder, "audio_signal", 1),
    model_type: "EncDecRNNTBPEModel",
    version: 2,
    model_author: "NeMo",
  };
  return Object.fromEntries(Object.entries(values).map(([name, value]) => [name, String(value)]));
}

/** Cuts where the joint takes the prediction. Between the parts it goes as [batch, width, steps]. */
function split(fused: OnnxModel): { decoder: OnnxModel; joiner: OnnxModel } {
  const { graph } = fused;
  const input = (name: string) => required(graph.inputs, name);
  const output = (name: string) => required(graph.outputs, name);
  const width = Number(input("input_states_1").dims[2]);
  const inner: OnnxValue = {
    name: predictionName(fused),
    elementType: "float32",
    dims: ["batch", "steps", width],
  };
  const outer: OnnxValue = {
    name: "decoder_outputs",
    elementType: "float32",
    dims: ["batch", width, "steps"],
  };
  const states = [output("output_states_1"), output("output_states_2")];
  const decoder = extractSubgraph(
    graph,
    "decoder",
    ["targets", "target_length", "input_states_1", "input_states_2"].map(input),
    [inner, output("prednet_lengths"), ...states],
  );
  const joiner = extractSubgraph(
    graph,
    "joiner",
    [input("encoder_outputs"), inner],
    [output("outputs")],
  );
  return {
    decoder: {
      ...fused,
      graph: {
        ...decoder,
        nodes: [...decoder.nodes, transpose(inner.name, outer.name)],
        outputs: [outer, output("prednet_lengths"), ...states],
      },
    },
    joiner: {
      ...fused,
      graph: {
        ...joiner,
        nodes: [transpose(outer.name, inner.name), ...joiner.nodes],
        inputs: [input("encoder_outputs"), outer],
      },
    },
  };
}

/** Input of the joint's projection of the prediction. */
function predictionName({ graph }: OnnxModel): string {
  const projection = graph.nodes.find(
    ({ operator, inputs }) =>
      operator === "MatMul" && inputs.some((name) => name.startsWith("joint.pred.weight")),
  );
  const prediction = projection?.inputs.find((name) => !name.startsWith("joint.pred.weight"));
  if (prediction === undefined)
    throw new TypeError("the joint has no projection of the prediction");
  return prediction;
}

function transpose(from: string, to: string): OnnxNode {
  return {
    domain: "",
    operator: "Transpose",
    name: `layout/${to}`,
    inputs: [from],
    outputs: [to],
    attributes: { perm: { type: "ints", value: [0, 2, 1] } },
  };
}

function required(values: readonly OnnxValue[], name: string): OnnxValue {
  const value = values.find((candidate) => candidate.name === name);
  if (value === undefined) throw new TypeError(`the graph has no ${name}`);
  return value;
}
