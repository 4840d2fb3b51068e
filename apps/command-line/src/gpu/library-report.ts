import { join } from "node:path";
import type { LibraryManifest } from "./library-manifest";
import { missingLibraries, neededLibraries } from "./needed-libraries";

const titles = { cuda: "CUDA 12 and cuDNN 9", tensorrt: "TensorRT 10" } as const;
/** Of NVIDIA: what comes with every system is not named to people. */
const ofNvidia = /^lib(?:cu|nv)/u;

/**
 * What installed provider libraries need of NVIDIA, and what of it is not on this machine: a line for
 * each of CUDA and TensorRT.
 */
export async function libraryReport(
  folder: string,
  { files }: LibraryManifest,
  environment: NodeJS.ProcessEnv,
): Promise<{ lines: string[]; canUseCuda: boolean }> {
  const lines: string[] = [];
  let canUseCuda = false;
  for (const provider of ["cuda", "tensorrt"] as const) {
    const file = [...files.values()].find((name) => name.includes(`_${provider}.`));
    if (file === undefined) continue;
    const needed = (await neededLibraries(join(folder, file))).filter((name) =>
      ofNvidia.test(name),
    );
    const missing = await missingLibraries(needed, environment);
    if (provider === "cuda") canUseCuda = missing.length === 0;
    const list = needed.length === 0 ? "nothing" : needed.join(", ");
    lines.push(
      `${provider} needs ${titles[provider]} (${list}): ` +
        (missing.length === 0 ? "all there" : `not found: ${missing.join(", ")}`),
    );
  }
  return { lines, canUseCuda };
}
