import { execFileSync } from "node:child_process";
import { existsSync, mkdirSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const version = "1.13.8";

/**
 * Installs sherpa-onnx-node into the cache folder: 32 MB that only this bench needs.
 *
 * @returns the environment in which its process finds it
 */
export function installSherpaOnnx(): Record<string, string> {
  const cache = process.env.PARLEY_CACHE ?? join(homedir(), ".cache", "parley");
  const folder = join(cache, "bench", `sherpa-onnx-node-${version}`);
  const libraries = join(folder, "node_modules", `sherpa-onnx-${process.platform}-${process.arch}`);
  if (!existsSync(libraries)) {
    console.log(`Installing sherpa-onnx-node ${version} for the comparison.`);
    mkdirSync(folder, { recursive: true });
    writeFileSync(join(folder, "package.json"), '{ "private": true }\n');
    const words = ["install", "--ignore-scripts", "--no-audit", `sherpa-onnx-node@${version}`];
    execFileSync("npm", words, { cwd: folder, stdio: "inherit" });
  }
  return { PARLEY_SHERPA_ONNX: folder, LD_LIBRARY_PATH: libraries, DYLD_LIBRARY_PATH: libraries };
}
