import { execFile } from "node:child_process";
import { copyFile, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import { expect, it } from "vitest";
import {
  completionMark,
  librariesFolder,
  packagedLibraries,
  runtimeLibrary,
} from "./provider-libraries";

/** What onnxruntime complains about for want of CUDA's libraries, in a process of its own. */
async function complaint(cache: string): Promise<string> {
  const module = fileURLToPath(new URL("./provider-libraries.ts", import.meta.url));
  const session = fileURLToPath(new URL("../flush-denormals.ts", import.meta.url));
  const runtime = fileURLToPath(new URL("../onnxruntime.ts", import.meta.url));
  const code = `
    const { useProviderLibraries } = await import(${JSON.stringify(module)});
    console.log(await useProviderLibraries(${JSON.stringify(cache)}));
    const { flushDenormals } = await import(${JSON.stringify(session)});
    await flushDenormals();
    const { onnxruntime } = await import(${JSON.stringify(runtime)});
    await onnxruntime().InferenceSession.create("/nowhere.onnx", { executionProviders: ["cuda"] })
      .catch(() => undefined);
  `;
  const words = ["--import", "tsx", "--input-type=module", "--eval", code];
  const { stdout, stderr } = await promisify(execFile)(process.execPath, words);
  return stdout + stderr;
}

it.skipIf(process.platform !== "linux" || process.arch !== "x64")(
  "has onnxruntime look for CUDA in the cache, once all of it is there",
  async () => {
    const cache = await mkdtemp(join(tmpdir(), "parley-libraries-"));
    const folder = librariesFolder(cache);
    try {
      await mkdir(folder, { recursive: true });
      await copyFile(join(packagedLibraries(), runtimeLibrary), join(folder, runtimeLibrary));
      const missing = "libonnxruntime_providers_shared.so";
      expect(await complaint(cache)).toContain(join(packagedLibraries(), missing));
      await writeFile(join(folder, completionMark), "{}");
      const said = await complaint(cache);
      expect(said).toMatch(/^true/u);
      expect(said).toContain(join(folder, missing));
    } finally {
      await rm(cache, { recursive: true });
    }
  },
);
