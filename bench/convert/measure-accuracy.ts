import { mkdir, readdir, rm, stat } from "node:fs/promises";
import { basename, join } from "node:path";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertTransducer } from "@parley/nemo-onnx/convert/convert-transducer";
import { columnsOf, GraphSession, type Floats } from "@parley/nemo-onnx/onnx/testing/graph-session";
import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { precisions } from "@parley/nemo-onnx/quantization/precision";
import { differenceOf, encodeSignal } from "@parley/nemo-onnx/convert/testing/encode-signal";
import { openSafetensors } from "@parley/nemo-onnx/safetensors/open-safetensors";
import type { Recognition } from "@parley/speech/contracts/recognizer";
import { loadAudio } from "@parley/speech/testing/audio-fixtures";
import { loadRecognizer, recognize } from "@parley/speech/testing/recognize";
import { printTable } from "../support/table";
import type { AccuracyModel } from "./accuracy-models";
import { editDistance } from "@parley/speech/transcripts/edit-distance";

export type AccuracyRow = {
  model: string;
  precision: Precision;
  /** Of encoder outputs, against fp32. */
  largestDifference: number;
  meanDifference: number;
  /** Token ids that are as in fp32, of all: 1 less edits by the longer sequence. */
  equalTokens: number;
  tokens: number;
  /** Recordings with the same text, of all. */
  equalTexts: number;
  texts: number;
  /** The encoder's files. */
  encoderBytes: number;
};

/** Signals that every set of features has. */
const signals = ["flite_slt", "white2", "tiny"];

type Answers = { encoded: Floats[]; heard: Map<string, Recognition> };

/** Compares each precision of a model with fp32: encoder outputs, tokens, texts. */
export async function measureAccuracy(
  model: AccuracyModel,
  folder: string,
): Promise<AccuracyRow[]> {
  const rows: AccuracyRow[] = [];
  let reference: Answers | null = null;
  for (const precision of precisions) {
    const directory = join(folder, `${model.name}-${precision}`);
    await mkdir(folder, { recursive: true });
    await rm(directory, { recursive: true, force: true });
    const checkpoint = await openCheckpoint(model.file);
    await convertTransducer({ checkpoint, directory, precision });
    await checkpoint.close();
    const answers = await answersOf(model, directory);
    reference ??= answers;
    rows.push({
      model: model.name,
      precision,
      ...compare(answers, reference),
      encoderBytes: await encoderBytes(directory),
    });
    await rm(directory, { recursive: true });
  }
  return rows;
}

async function answersOf(model: AccuracyModel, directory: string): Promise<Answers> {
  const encoder = await GraphSession.open(directory, "encoder.onnx");
  const { file, suffix } = model.features;
  const features = await openSafetensors(file);
  const encoded: Floats[] = [];
  for (const name of signals) {
    const tensor = features.tensors.get(`${name}.${suffix}`);
    if (tensor === undefined) continue;
    // The last column is a mask.
    const frames = (tensor.shape[1] ?? 1) - 1;
    const signal = columnsOf({ data: await tensor.read(), dims: tensor.shape }, 0, frames);
    encoded.push(await encodeSignal(encoder, signal));
  }
  await features.close();
  const recognizer = await loadRecognizer(directory, model.settings);
  // One after the other: in int8-dynamic a result depends on what else is in a batch.
  const heard = new Map<string, Recognition>();
  for (const path of model.recordings) {
    heard.set(basename(path), await recognize(recognizer, loadAudio(path)));
  }
  await recognizer.close();
  return { encoded, heard };
}

function compare({ encoded, heard }: Answers, reference: Answers) {
  const differences = encoded.map((floats, index) =>
    differenceOf(floats, reference.encoded[index] ?? floats),
  );
  const pairs = [...heard].map(
    ([name, ours]) => [ours, reference.heard.get(name) ?? ours] as const,
  );
  let edits = 0;
  let tokens = 0;
  for (const [ours, theirs] of pairs) {
    const [found, expected] = [ours, theirs].map((heard) => heard.tokens.map(({ id }) => id));
    edits += editDistance(found ?? [], expected ?? []);
    tokens += Math.max(found?.length ?? 0, expected?.length ?? 0);
  }
  return {
    largestDifference: Math.max(...differences.map(({ largest }) => largest)),
    meanDifference: differences.reduce((sum, { mean }) => sum + mean, 0) / differences.length,
    equalTokens: 1 - edits / tokens,
    tokens,
    equalTexts: pairs.filter(([ours, theirs]) => ours.text === theirs.text).length,
    texts: pairs.length,
  };
}

async function encoderBytes(directory: string): Promise<number> {
  const names = (await readdir(directory)).filter((name) => name.startsWith("encoder.onnx"));
  const sizes = await Promise.all(
    names.map(async (name) => (await stat(join(directory, name))).size),
  );
  return sizes.reduce((sum, size) => sum + size, 0);
}

export function printAccuracy(rows: readonly AccuracyRow[]): void {
  console.log("\nAgainst fp32:");
  printTable(
    ["model", "precision", "largest", "mean", "equal tokens", "equal texts", "encoder kB"],
    rows.map((row) => [
      row.model,
      row.precision,
      row.largestDifference.toFixed(4),
      row.meanDifference.toFixed(4),
      `${(100 * row.equalTokens).toFixed(1)} % of ${row.tokens}`,
      `${row.equalTexts} of ${row.texts}`,
      Math.round(row.encoderBytes / 1_000),
    ]),
  );
}
