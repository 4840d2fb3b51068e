import { execFileSync } from "node:child_process";
import { cpSync, mkdirSync, rmSync, statSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join } from "node:path";
import { packagedLibraries } from "@parley/speech/runtime/libraries/provider-libraries";
import { currentCommit } from "../../support/results";
import { bundleBench } from "./bundle";
import { fixtureFiles } from "./fixture-files";
import { graphicsLibraries } from "./graphics-libraries";

/** Ignored by git, as all in `.parley` is. */
const folder = join(import.meta.dirname, "..", "..", "..", ".parley", "gpu-bench");
const limitMiB = 60;

/**
 * Prepares a folder of two files, `start.sh` and `pack.tar.xz`, that measure a card on a machine with
 * nothing else: this Node, onnxruntime, Vulkan's loader and the bench. Weights are made there.
 *
 * @throws RangeError when it is larger than what may travel
 */
export async function makePack(): Promise<void> {
  if (process.platform !== "linux" || process.arch !== "x64") {
    throw new TypeError("a pack is made on Linux x64, for Linux x64");
  }
  const stage = join(folder, "stage");
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(join(stage, "lib"), { recursive: true });
  mkdirSync(join(stage, "fixtures"));
  cpSync(process.execPath, join(stage, "bin", "node"), { dereference: true });
  await bundleBench(join(stage, "app"));
  writeFileSync(join(stage, "app", "package.json"), '{ "type": "module" }\n');
  copyRuntime(join(stage, "app", "node_modules"));
  const { files, missing } = graphicsLibraries();
  for (const file of files) cpSync(file, join(stage, "lib", basename(file)), { dereference: true });
  for (const file of fixtureFiles()) cpSync(file, join(stage, "fixtures", basename(file)));
  writeFileSync(join(stage, "commit"), currentCommit());

  console.log("Compressing.");
  const pack = join(folder, "pack.tar.xz");
  const environment = { ...process.env, XZ_OPT: "-4 -T0" };
  execFileSync("tar", ["-cJf", pack, "-C", stage, "."], { env: environment });
  cpSync(join(import.meta.dirname, "start.sh"), join(folder, "start.sh"));
  rmSync(stage, { recursive: true });
  const mebibytes = Math.round((10 * statSync(pack).size) / 2 ** 20) / 10;
  for (const name of missing) console.log(`Not here, and so not in it: ${name}.`);
  console.log(`${folder}: ${mebibytes} MiB of at most ${limitMiB}.`);
  if (mebibytes > limitMiB) throw new RangeError(`the pack has ${mebibytes} MiB`);
  console.log("There: bash start.sh RESULTS");
}

/** onnxruntime's packages, without what they have for other platforms. */
function copyRuntime(modules: string): void {
  const require = createRequire(import.meta.url);
  const own = dirname(require.resolve("onnxruntime-node/package.json"));
  const target = join(modules, "onnxruntime-node");
  const natives = packagedLibraries();
  for (const name of ["package.json", "dist"]) {
    cpSync(join(own, name), join(target, name), { recursive: true });
  }
  cpSync(natives, join(target, natives.slice(own.length + 1)), { recursive: true });
  // Its `dist/cjs/index.js`; the description is not among its exports.
  const main = createRequire(join(own, "package.json")).resolve("onnxruntime-common");
  const common = join(dirname(main), "..", "..");
  for (const name of ["package.json", "dist/cjs"]) {
    cpSync(join(common, name), join(modules, "onnxruntime-common", name), { recursive: true });
  }
}
