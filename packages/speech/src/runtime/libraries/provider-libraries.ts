import { access } from "node:fs/promises";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { loadLibraryFrom } from "../onnxruntime";
import { runtimeVersion } from "../probe/driver-key";

/** onnxruntime's own library; those of CUDA and TensorRT have to lie beside it. */
export const runtimeLibrary = "libonnxruntime.so.1";
/** Written last: a folder without it was left by an installation that did not end. */
export const completionMark = "complete.json";

/** The folder of the provider libraries for the installed onnxruntime, whether or not it exists. */
export function librariesFolder(cacheDirectory: string): string {
  return join(cacheDirectory, "onnxruntime", runtimeVersion());
}

/** The folder of onnxruntime-node's own libraries, for this platform. */
export function packagedLibraries(): string {
  const require = createRequire(import.meta.url);
  const root = dirname(require.resolve("onnxruntime-node/package.json"));
  return join(root, "bin/napi-v6", process.platform, process.arch);
}

/**
 * Has onnxruntime look for CUDA and TensorRT in the cache, if `parley gpu install cuda` has put them
 * there. To be called before the first model is opened.
 *
 * @returns whether they are there
 */
export async function useProviderLibraries(cacheDirectory: string): Promise<boolean> {
  const folder = librariesFolder(cacheDirectory);
  try {
    await access(join(folder, completionMark));
  } catch {
    return false;
  }
  loadLibraryFrom(join(folder, runtimeLibrary));
  return true;
}
