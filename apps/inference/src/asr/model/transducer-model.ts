import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { AppError } from "@parley/shared/errors";
import { OnnxSession, type DeclaredShape, type OnnxSettings } from "../../runtime/onnx-session";
import { Tokenizer } from "../tokenizer/tokenizer";

/** Sizes that the graphs declare. */
export type TransducerShape = {
  mels: number;
  /** Encoder layers. */
  layers: number;
  /** Encoder frames of left context that `cache_last_channel` keeps. */
  leftContext: number;
  /** Encoder width. */
  width: number;
  /** Frames that the convolutions of `cache_last_time` look back. */
  convolutionContext: number;
  /** Layers and width of the prediction network's LSTM. */
  predictorLayers: number;
  predictorWidth: number;
};

/** A loaded streaming FastConformer transducer. */
export type TransducerModel = {
  encoder: OnnxSession;
  /** Prediction network and joint in one graph. */
  decoderJoint: OnnxSession;
  tokenizer: Tokenizer;
  shape: TransducerShape;
};

/**
 * Loads `encoder.onnx`, `decoder_joint.onnx` and `tokens.txt` from a folder and checks that they
 * belong together; rejects with `model-mismatch`, naming everything that differs.
 */
export async function loadTransducerModel(
  directory: string,
  settings: OnnxSettings,
): Promise<TransducerModel> {
  const [encoder, decoderJoint, tokens] = await Promise.all([
    OnnxSession.open(join(directory, "encoder.onnx"), settings),
    OnnxSession.open(join(directory, "decoder_joint.onnx"), settings),
    readFile(join(directory, "tokens.txt"), "utf8").catch((cause: unknown) => {
      throw new AppError("model-mismatch", "tokens.txt cannot be read", { cause });
    }),
  ]);
  const tokenizer = Tokenizer.parse(tokens);
  return { encoder, decoderJoint, tokenizer, shape: checkModel(encoder, decoderJoint, tokenizer) };
}

type Graph = Pick<OnnxSession, "file" | "inputs" | "outputs">;

/** @throws AppError `model-mismatch` unless graphs and vocabulary agree */
export function checkModel(
  encoder: Graph,
  decoderJoint: Graph,
  tokenizer: Pick<Tokenizer, "size">,
): TransducerShape {
  const problems: string[] = [];
  const size = (graph: Graph, side: "inputs" | "outputs", name: string, axis: number): number => {
    const shape: DeclaredShape | undefined = graph[side].get(name);
    const length = shape?.[axis];
    if (shape === undefined) problems.push(`${graph.file} has no ${name} among its ${side}`);
    else if (typeof length !== "number") problems.push(`axis ${axis} of ${name} is not fixed`);
    return typeof length === "number" ? length : 0;
  };
  const requireEqual = (found: number, expected: number, what: string) => {
    if (found !== expected && found !== 0 && expected !== 0) {
      problems.push(`${what}: ${found} and ${expected}`);
    }
  };
  const requireInput = (graph: Graph, name: string) => {
    if (!graph.inputs.has(name)) problems.push(`${graph.file} has no ${name} among its inputs`);
  };

  const shape: TransducerShape = {
    mels: size(encoder, "inputs", "audio_signal", 1),
    layers: size(encoder, "inputs", "cache_last_channel", 1),
    leftContext: size(encoder, "inputs", "cache_last_channel", 2),
    width: size(encoder, "inputs", "cache_last_channel", 3),
    convolutionContext: size(encoder, "inputs", "cache_last_time", 3),
    predictorLayers: size(decoderJoint, "inputs", "input_states_1", 0),
    predictorWidth: size(decoderJoint, "inputs", "input_states_1", 2),
  };
  for (const name of ["length", "cache_last_channel_len", "drop_extra"])
    requireInput(encoder, name);
  for (const name of ["targets", "target_length"]) requireInput(decoderJoint, name);
  const timeLayers = size(encoder, "inputs", "cache_last_time", 1);
  const timeWidth = size(encoder, "inputs", "cache_last_time", 2);
  requireEqual(timeLayers, shape.layers, "layers of the two encoder caches");
  requireEqual(timeWidth, shape.width, "widths of the two encoder caches");
  const encoded = size(encoder, "outputs", "outputs", 1);
  requireEqual(encoded, shape.width, "widths of encoder output and cache");
  const joined = size(decoderJoint, "inputs", "encoder_outputs", 1);
  requireEqual(joined, encoded, "encoder widths of joint and encoder");
  const cellLayers = size(decoderJoint, "inputs", "input_states_2", 0);
  const cellWidth = size(decoderJoint, "inputs", "input_states_2", 2);
  requireEqual(cellLayers, shape.predictorLayers, "layers of the two predictor states");
  requireEqual(cellWidth, shape.predictorWidth, "widths of the two predictor states");
  const choices = size(decoderJoint, "outputs", "outputs", 3);
  requireEqual(choices, tokenizer.size, "joint outputs and tokens with the blank");
  if (problems.length > 0) throw new AppError("model-mismatch", problems.join("; "));
  return shape;
}
