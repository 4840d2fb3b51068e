import { execFileSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";

/** Folder of the package `builtin_recogniser`. */
export const trainingFolder = join(
  import.meta.dirname,
  ...["..", "..", "..", "models", "builtin", "training"],
);

/** Packages of the recipe's light commands; all synthesisers but Pico are the system's. */
const packages = ["numpy", "pyyaml", "scipy", "soundfile", "ttspico"];

/**
 * Makes a virtual environment for the synthesis of evaluation audio, unless it is there.
 *
 * @returns its interpreter
 */
export function installPython(cache: string): string {
  const folder = join(cache, "builtin-python");
  const python = join(folder, "bin", "python");
  const isComplete = join(folder, "complete");
  if (!existsSync(isComplete)) {
    console.log(`Making a Python environment with ${packages.join(", ")} for the synthesisers.`);
    execFileSync("python3", ["-m", "venv", "--clear", folder], { stdio: "inherit" });
    const words = ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", ...packages];
    execFileSync(python, words, { stdio: "inherit" });
    execFileSync("touch", [isComplete]);
  }
  return python;
}

/**
 * Runs a command of the training recipe.
 *
 * @returns what it printed
 * @throws an error with the last line of its error output
 */
export function runRecipe(python: string, words: readonly string[]): string {
  try {
    return execFileSync(python, ["-m", "builtin_recogniser", ...words], {
      cwd: trainingFolder,
      encoding: "utf8",
      env: { ...process.env, PYTHONDONTWRITEBYTECODE: "1" },
      maxBuffer: 2 ** 28,
      stdio: ["ignore", "pipe", "pipe"],
    });
  } catch (error) {
    const complaint = error instanceof Error && "stderr" in error ? String(error.stderr) : "";
    const last = complaint.trimEnd().split("\n").at(-1);
    throw new Error(last === undefined || last === "" ? String(error) : last, { cause: error });
  }
}
