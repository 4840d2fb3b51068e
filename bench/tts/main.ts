// synthesis with Magpie of full size: first audio, real-time factor, steps for 1 to 8 streams, cancelling
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { parseArgs } from "node:util";
import { loadAverage } from "../support/machine-load";
import { writeResults } from "../support/results";
import { measureFloor } from "./floor/measure-floor";
import { writeProduct } from "./floor/write-product";
import { measureSpeech } from "./measure-speech";
import { cacheFolder, prepareVoice, voiceNames, type BenchVoice } from "./models/prepare-models";
import { stepWeights } from "./models/step-weights";
import { printFigures, type ThreadFigures } from "./print-figures";
import { measureQuality, printQuality, type QualityRow } from "./quality/measure-quality";
import { qualityModels } from "./quality/quality-models";

const cores = availableParallelism();

/**
 * `--sizes tiny` shows within a minute whether everything runs, `--models NAME` runs one of the
 * models, `--streams 1,8` fewer numbers of streams; with any of them no results are written.
 * `--threads 2` is per graph, several may be named; the product's unless given. `--codec-threads 1` is
 * the codec's, `--only quality` or `--only speed` runs one part: they write nothing either.
 */
const { values } = parseArgs({
  options: {
    sizes: { type: "string", default: "full" },
    models: { type: "string" },
    streams: { type: "string" },
    threads: { type: "string", default: String(Math.max(1, Math.floor(cores / 2))) },
    "codec-threads": { type: "string" },
    only: { type: "string" },
  },
});
if (!["full", "tiny"].includes(values.sizes)) throw new TypeError(`no sizes ${values.sizes}`);
const isTiny = values.sizes === "tiny";
const codecThreads =
  values["codec-threads"] === undefined ? undefined : Number(values["codec-threads"]);
const parts = [values.models, values.streams, values.only, codecThreads];
const isPart = parts.some((value) => value !== undefined);
const isWhole = !isTiny && !isPart;
const names = values.models?.split(",") ?? voiceNames;
const threadCounts = values.threads.split(",").map(Number);

const streams = (values.streams ?? "1,2,4,8").split(",").map(Number);
/** A short sentence and some two seconds of it. */
const textTokens = 64;
const frames = isTiny ? 32 : 48;
const firstAudios = isTiny ? 2 : 5;
/** Beyond any cache, or next to nothing. */
const productWidth = isTiny ? 256 : 8_192;

async function measure(
  voice: BenchVoice,
  threads: number,
  product: string,
): Promise<ThreadFigures> {
  console.log(`  ${threads} thread(s) a graph, load average ${loadAverage()}`);
  const shared = { voice, threads, streams, textTokens };
  const speech = await measureSpeech({ ...shared, codecThreads, frames, firstAudios });
  console.log("    bare onnxruntime");
  const { contextFrames, frameStacking } = voice.sizes;
  const past = contextFrames + Math.floor(frames / frameStacking / 2);
  const floor = await measureFloor({ ...shared, product, past, times: 10 });
  return { threads, speech, floor };
}

async function compareQuality(): Promise<QualityRow[]> {
  const rows: QualityRow[] = [];
  for (const model of await qualityModels(join(import.meta.dirname, "..", ".."))) {
    if (isTiny && model.file === null) continue;
    console.log(`Comparing precisions of ${model.name}.`);
    rows.push(...(await measureQuality(model)));
  }
  printQuality(rows);
  return rows;
}

const loadAverageBefore = loadAverage();
const startMs = performance.now();
const models: Record<string, unknown> = {};
for (const name of values.only === "quality" ? [] : names) {
  const voice = await prepareVoice(name, isTiny ? "tiny" : "full");
  const product = join(cacheFolder, `product-${productWidth}.onnx`);
  await writeProduct(product, productWidth);
  console.log(`\n${voice.description}.`);
  const figures: ThreadFigures[] = [];
  for (const threads of threadCounts) figures.push(await measure(voice, threads, product));
  for (const ofThreads of figures) printFigures(ofThreads);
  const { description, sizes, precision } = voice;
  models[name] = {
    description,
    precision,
    frameStacking: sizes.frameStacking,
    stepWeightBytes: stepWeights(sizes, precision),
    figures,
  };
}
const quality = values.only === "speed" ? [] : await compareQuality();
const wallSeconds = Math.round((performance.now() - startMs) / 1_000);
console.log(`\n${wallSeconds} s in all.`);
if (isWhole) {
  writeResults("tts", {
    textTokens,
    frames,
    wallSeconds,
    loadAverageBefore,
    loadAverageAfter: loadAverage(),
    models,
    quality,
  });
}
