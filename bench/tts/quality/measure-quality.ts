import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { openCheckpoint } from "@parley/nemo-onnx/checkpoint/open-checkpoint";
import { convertMagpie } from "@parley/nemo-onnx/convert/convert-magpie";
import { magpieManifestSchema } from "@parley/nemo-onnx/convert/magpie-manifest";
import { MagpieRun } from "@parley/nemo-onnx/convert/testing/magpie-run";
import { precisions, type Precision } from "@parley/nemo-onnx/quantization/precision";
import { printTable } from "../../support/table";
import { prepareVoice } from "../models/prepare-models";
import { compareAnswers, type AnswerDifference } from "./compare-answers";
import { forcedAnswers, type StepAnswer } from "./forced-answers";
import type { QualityModel } from "./quality-models";

export type QualityRow = AnswerDifference & { model: string; precision: Precision };

/** Compares each precision with fp32: what is made of the same texts and the same codes so far. */
export async function measureQuality(model: QualityModel): Promise<QualityRow[]> {
  const reference = await answersOf(model, "fp32");
  const rows: QualityRow[] = [];
  for (const precision of precisions) {
    if (precision === "fp32") continue;
    const { answers } = await answersOf(model, precision);
    const difference = compareAnswers(answers, reference.answers, reference.settings);
    rows.push({ model: model.name, precision, ...difference });
  }
  return rows;
}

async function answersOf({ file, cases }: QualityModel, precision: Precision) {
  const scratch = await mkdtemp(join(tmpdir(), "parley-quality-"));
  try {
    const directory =
      file === null
        ? (await prepareVoice(`magpie-2607:${precision}`, "full")).model
        : await converted(file, join(scratch, "model"), precision);
    const text = await readFile(join(directory, "parley.json"), "utf8");
    const manifest = magpieManifestSchema.parse(JSON.parse(text));
    const run = await MagpieRun.open(directory, manifest);
    const answers: StepAnswer[] = [];
    for (const one of cases) answers.push(...(await forcedAnswers(run, one)));
    const { codes, inference } = manifest;
    return { answers, settings: { codes, topK: inference.topK, temperature: 0.6 } };
  } finally {
    await rm(scratch, { recursive: true });
  }
}

async function converted(file: string, directory: string, precision: Precision): Promise<string> {
  const checkpoint = await openCheckpoint(file);
  await convertMagpie({ checkpoint, directory, precision });
  await checkpoint.close();
  return directory;
}

export function printQuality(rows: readonly QualityRow[]): void {
  console.log("\nAgainst fp32, over the same codes:");
  printTable(
    ["model", "precision", "hidden error", "logit error", "same likeliest", "other drawn"],
    rows.map((row) => [
      row.model,
      row.precision,
      inPercent(row.hiddenError),
      inPercent(row.logitError),
      `${inPercent(row.sameLikeliest)} of ${row.tokens}`,
      inPercent(row.otherDrawn),
    ]),
  );
}

function inPercent(share: number): string {
  return `${(100 * share).toFixed(1)} %`;
}
