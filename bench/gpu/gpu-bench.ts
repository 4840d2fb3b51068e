/**
 * The bench itself, from source or from a pack on a machine that has nothing else. Prints what it
 * measures, and keeps `gpu.json` and `gpu.txt` up to date in its output folder.
 */
import { mkdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { parseArgs } from "node:util";
import { executionProviders } from "@parley/speech/runtime/execution-providers";
import { Models } from "./models/models";
import { measuredPrecisions, type BenchSettings } from "./parts/part";
import { partsOf } from "./parts/parts";
import { Report } from "./report/report";
import { runParts } from "./run-parts";

const { values, positionals } = parseArgs({
  allowPositionals: true,
  options: {
    /** "small" shows that everything runs. */
    scale: { type: "string", default: "full" },
    provider: { type: "string", default: "webgpu" },
    minutes: { type: "string", default: "8" },
    out: { type: "string", default: "." },
    /** Weights, 6 GB; and the libraries of CUDA, as `parley gpu install cuda` puts them there. */
    cache: { type: "string", default: join(tmpdir(), "parley-gpu-bench") },
    /** Parts whose names contain one of these words. */
    only: { type: "string" },
    /** Where it comes from, for the report. */
    commit: { type: "string", default: "unknown" },
  },
});

const provider = executionProviders.find((known) => known === values.provider);
if (provider === undefined) throw new TypeError(`no provider ${values.provider}`);
if (values.scale !== "full" && values.scale !== "small") {
  throw new TypeError(`no scale ${values.scale}`);
}
const settings: BenchSettings = {
  scale: values.scale,
  provider,
  fixtures: positionals,
  cache: resolve(values.cache),
};
const words = values.only?.split(",");
const chosen = partsOf(settings.scale).filter(
  ({ name }) => words?.some((word) => name.includes(word)) ?? true,
);
mkdirSync(settings.cache, { recursive: true });
const report = new Report(resolve(values.out), {
  date: new Date().toISOString(),
  commit: values.commit,
  scale: settings.scale,
  provider,
  goals:
    "560 streams at 320 ms, first sound of Magpie within 80 ms, 32 voices in real time, on one H200",
});
const models = new Models(settings.cache, settings.scale, measuredPrecisions);
await runParts(chosen, {
  report,
  context: { settings, models },
  limitMs: Number(values.minutes) * 60_000,
  now: () => performance.now(),
});
console.log(`\nWritten to ${resolve(values.out)}: gpu.json and gpu.txt`);
// Models that nobody waited for may still be under way.
process.exit();
