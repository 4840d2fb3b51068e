// conversion of a full-size checkpoint: speed, memory, size; and what each precision costs in accuracy
import { mkdir, rm, statfs } from "node:fs/promises";
import { homedir } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { precisions } from "@parley/nemo-onnx/quantization/precision";
import { writeResults } from "../support/results";
import { accuracyModels } from "./accuracy-models";
import { measureAccuracy, printAccuracy, type AccuracyRow } from "./measure-accuracy";
import { measureFullSize, printFullSize, type FullSize } from "./measure-full-size";

/**
 * `--only accuracy` or `--only full-size` runs one part and writes no results; `--keep` leaves the
 * full-size checkpoint and its conversions where they were made.
 */
const { values } = parseArgs({
  options: { only: { type: "string" }, keep: { type: "boolean", default: false } },
});
/** The checkpoint and conversions, one or all of them. */
const neededBytes = values.keep ? 9e9 : 6e9;

const repository = join(import.meta.dirname, "..", "..");
const cache = process.env.PARLEY_CACHE ?? join(homedir(), ".cache", "parley");
const folder = join(cache, "bench", "convert");

async function fullSize(): Promise<FullSize> {
  const { bavail, bsize } = await statfs(folder);
  if (bavail * bsize < neededBytes) {
    throw new RangeError(`${folder} has ${bavail * bsize} bytes left, not ${neededBytes}`);
  }
  const measured = await measureFullSize(folder, precisions, { keep: values.keep });
  printFullSize(measured);
  return measured;
}

async function accuracy(): Promise<AccuracyRow[]> {
  const rows: AccuracyRow[] = [];
  for (const model of accuracyModels(repository)) {
    console.log(`Comparing precisions of ${model.name}.`);
    rows.push(...(await measureAccuracy(model, join(folder, "accuracy"))));
  }
  await rm(join(folder, "accuracy"), { recursive: true });
  printAccuracy(rows);
  return rows;
}

await mkdir(folder, { recursive: true });
if (values.only === "accuracy") await accuracy();
else if (values.only === "full-size") await fullSize();
else writeResults("convert", { accuracy: await accuracy(), fullSize: await fullSize() });
