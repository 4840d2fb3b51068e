import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { cacheFolder } from "../../../scripts/system/folders.mjs";

const requirements = join(import.meta.dirname, "requirements.txt");

/**
 * Obtains Python with the clients' packages, once for each list of them.
 *
 * @returns path of the program
 */
export function obtainPython(environment: NodeJS.ProcessEnv = process.env): string {
  const hash = createHash("sha256").update(readFileSync(requirements)).digest("hex").slice(0, 12);
  const folder = join(cacheFolder(environment), "clients-python", hash);
  const windows = process.platform === "win32";
  const python = join(folder, windows ? "Scripts/python.exe" : "bin/python");
  const stamp = join(folder, "complete");
  if (existsSync(stamp)) return python;
  const run = (program: string, ...args: string[]) => {
    execFileSync(program, args, { stdio: "inherit" });
  };
  process.stdout.write(`The clients' packages, some 500 MB, are installed into ${folder}.\n`);
  run(windows ? "python" : "python3", "-m", "venv", "--clear", folder);
  run(python, "-m", "pip", "install", "--quiet", "--requirement", requirements);
  writeFileSync(stamp, "");
  return python;
}
