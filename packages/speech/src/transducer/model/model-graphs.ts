import { inspectModel, type ModelOutline } from "@parley/nemo-onnx/onnx/inspect-model";
import { errorMessage } from "@parley/shared/errors";
import {
  readJoinerInterface,
  readJointInterface,
  readPredictorInterface,
  type JoinerInterface,
  type JointInterface,
  type PredictorInterface,
} from "./decoder-interface";
import { readEncoderInterface, type EncoderInterface } from "./encoder-interface";
import type { Mismatches } from "./mismatches";
import type { ModelFiles } from "./model-files";

export type EncoderGraph = { path: string; outline: ModelOutline; graph: EncoderInterface };

/** Graphs of prediction network and joint: a single one, or two. */
export type DecoderGraphs =
  | { type: "fused"; path: string; predictor: PredictorInterface; joint: JointInterface }
  | {
      type: "split";
      decoderPath: string;
      joinerPath: string;
      predictor: PredictorInterface;
      joint: JoinerInterface;
    };

/** Reads the encoder's graph; null, with the reasons added to `mismatches`, when it is unusable. */
export async function readEncoderGraph(
  { encoder }: ModelFiles,
  mismatches: Mismatches,
): Promise<EncoderGraph | null> {
  const outline = await outlineOf(encoder, mismatches);
  if (outline === null || encoder === null) return null;
  const graph = readEncoderInterface(outline, mismatches);
  return graph === null ? null : { path: encoder, outline, graph };
}

/**
 * Reads the decoder's graphs, and adds a mismatch where they do not fit each other or the encoder;
 * null, with the reasons added, when they are unusable.
 *
 * @param encoderWidth null when unknown
 */
export async function readDecoderGraphs(
  files: ModelFiles,
  encoderWidth: number | null,
  mismatches: Mismatches,
): Promise<DecoderGraphs | null> {
  const graphs =
    files.decoderJoint === null
      ? await readSplit(files, encoderWidth, mismatches)
      : await readFused(files.decoderJoint, encoderWidth, mismatches);
  if (graphs === null) return null;
  const { joint, predictor } = graphs;
  mismatches.requireEqual("widths of joint input and encoder", joint.width, encoderWidth);
  if (predictor.layers === null || predictor.width === null) {
    mismatches.add("the decoder's graph does not fix layers and width of its states");
  }
  return graphs;
}

async function readFused(
  path: string,
  encoderWidth: number | null,
  mismatches: Mismatches,
): Promise<DecoderGraphs | null> {
  const outline = await outlineOf(path, mismatches);
  if (outline === null) return null;
  const predictor = readPredictorInterface(outline, mismatches);
  const joint = readJointInterface(outline, encoderWidth, mismatches);
  return predictor === null || joint === null ? null : { type: "fused", path, predictor, joint };
}

async function readSplit(
  { decoder: decoderPath, joiner: joinerPath }: ModelFiles,
  encoderWidth: number | null,
  mismatches: Mismatches,
): Promise<DecoderGraphs | null> {
  const decoder = await outlineOf(decoderPath, mismatches);
  const joiner = await outlineOf(joinerPath, mismatches);
  const predictor = decoder && readPredictorInterface(decoder, mismatches);
  const widths = { encoder: encoderWidth, predictor: predictor?.width ?? null };
  const joint = joiner && readJoinerInterface(joiner, widths, mismatches);
  if (decoderPath === null || joinerPath === null) return null;
  if (predictor === null || joint === null) return null;
  mismatches.requireEqual(
    "widths of joint input and prediction network",
    joint.predictorWidth,
    predictor.width,
  );
  return { type: "split", decoderPath, joinerPath, predictor, joint };
}

async function outlineOf(
  path: string | null,
  mismatches: Mismatches,
): Promise<ModelOutline | null> {
  if (path === null) return null;
  try {
    return await inspectModel(path);
  } catch (error) {
    mismatches.add(errorMessage(error));
    return null;
  }
}
