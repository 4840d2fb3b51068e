import { join } from "node:path";
import { build } from "esbuild";

const repository = join(import.meta.dirname, "..", "..", "..");

/** The bench's own program, its child processes and the threads of the engines that it opens. */
const entries = [
  "bench/gpu/gpu-bench.ts",
  "bench/gpu/processes/codes.process.ts",
  "bench/gpu/processes/ear.process.ts",
  "bench/gpu/processes/model.process.ts",
  "bench/tts/speech/speech.process.ts",
  "packages/speech/src/magpie/codec/nano-codec.thread.ts",
  "packages/speech/src/runtime/probe/webgpu-trial.process.ts",
  "packages/speech/src/testing/placement/placement.process.ts",
];

/** Bundles the bench for a machine without packages: all but onnxruntime, whose libraries are native. */
export async function bundleBench(outdir: string): Promise<void> {
  const named = entries.map((file) => [nameOf(file), join(repository, file)] as const);
  await build({
    entryPoints: Object.fromEntries(named),
    outdir,
    bundle: true,
    format: "esm",
    platform: "node",
    target: "node20",
    minify: true,
    external: ["onnxruntime-node"],
    // Packages of the older kind among ours ask for others by `require`.
    banner: {
      js: 'import { createRequire as __createRequire } from "node:module"; const require = __createRequire(import.meta.url);',
    },
    logLevel: "warning",
  });
}

function nameOf(file: string): string {
  return file.slice(file.lastIndexOf("/") + 1, -".ts".length);
}
