// recognition beside sherpa-onnx and bare onnxruntime: streams in real time, latency, memory
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadAverage } from "../support/machine-load";
import { writeResults } from "../support/results";
import { compareEngines } from "./compare-engines";
import { installSherpaOnnx } from "./install-sherpa-onnx";
import { modelNames, prepareModel } from "./models/prepare-models";
import { printComparison } from "./print-comparison";
import { synthesiseSpeech } from "./speech";

/** `--models built-in` runs one of the models; `--threads` is per operator. Each writes its own results. */
const { values } = parseArgs({
  options: {
    models: { type: "string" },
    threads: { type: "string", default: "1" },
  },
});
const repository = join(import.meta.dirname, "..", "..");
const threads = Number(values.threads);
const wanted = values.models?.split(",") ?? modelNames;

console.log("Synthesising speech.");
const speech = await synthesiseSpeech();
const environment = installSherpaOnnx();
for (const name of wanted) {
  const model = await prepareModel(name, repository);
  const loadAverageBefore = loadAverage();
  console.log(`\n${model.description} (load average ${loadAverageBefore}).`);
  const comparison = await compareEngines({ model, threads, speech, environment });
  printComparison(comparison);
  const load = { loadAverageBefore, loadAverageAfter: loadAverage() };
  writeResults(`asr-${name}`, { threads, ...load, ...comparison });
}
