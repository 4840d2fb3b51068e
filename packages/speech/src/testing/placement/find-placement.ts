import { fork } from "node:child_process";
import { mkdtemp, open, readFile, rm } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import { type Placement, readPlacement } from "./placement";

/**
 * Asks onnxruntime which nodes of a graph it leaves to the processor, in a process of its own, whose
 * console can be read.
 *
 * @param file the graph, its weights beside it
 * @throws Error with the end of what was written when the graph cannot be opened
 */
export async function findPlacement(file: string, provider = "webgpu"): Promise<Placement> {
  const folder = await mkdtemp(join(tmpdir(), "parley-placement-"));
  const logFile = join(folder, "log");
  // A file: what onnxruntime writes to a pipe of Node's is lost when the pipe is full.
  const log = await open(logFile, "a");
  try {
    const ending = await runToEnd([file, provider], log.fd);
    const text = await readFile(logFile, "utf8");
    const placement = readPlacement(text);
    // What was told is true, even where a driver fails as its process ends.
    if (Object.keys(placement.nodes).length > 0) return placement;
    throw new Error(`${file} was not opened (${ending}): ${text.slice(-500)}`);
  } finally {
    await log.close();
    await rm(folder, { recursive: true });
  }
}

/** @returns the exit code or the signal */
function runToEnd(parameters: readonly string[], log: number): Promise<string> {
  const isSource = import.meta.url.endsWith(".ts");
  const program = new URL(`./placement.process.${isSource ? "ts" : "js"}`, import.meta.url);
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;
  const child = fork(fileURLToPath(program), parameters, {
    execArgv: isSource ? ["--import", loader()] : [],
    stdio: ["ignore", log, log, "ipc"],
  });
  return new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve(String(signal ?? code));
    });
  });
}
