import { fork } from "node:child_process";
import { createRequire } from "node:module";
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
  const isSource = import.meta.url.endsWith(".ts");
  const program = new URL(`./placement.process.${isSource ? "ts" : "js"}`, import.meta.url);
  const loader = () => pathToFileURL(createRequire(import.meta.url).resolve("tsx/esm")).href;
  const child = fork(fileURLToPath(program), [file, provider], {
    execArgv: isSource ? ["--import", loader()] : [],
    stdio: ["ignore", "pipe", "pipe", "ipc"],
  });
  // Apart, so that no line of one is torn by the other.
  const told = [child.stdout, child.stderr].map((stream) => {
    const pieces: string[] = [];
    stream?.setEncoding("utf8").on("data", (text: string) => pieces.push(text));
    return pieces;
  });
  const ending = await new Promise((resolve, reject) => {
    child.on("error", reject);
    child.on("close", (code, signal) => {
      resolve(signal ?? code);
    });
  });
  const log = told.map((pieces) => pieces.join("")).join("\n");
  const placement = readPlacement(log);
  // What was told is true, even where a driver fails as its process ends.
  if (Object.keys(placement.nodes).length > 0) return placement;
  throw new Error(`${file} was not opened (${String(ending)}): ${log.slice(-500)}`);
}
