import { execFile } from "node:child_process";
import { availableParallelism, totalmem } from "node:os";
import { promisify } from "node:util";
import type { GraphicsFacts, MachineFacts } from "./machine-facts";

const run = promisify(execFile);
/** The driver wakes a sleeping card first. */
const answerMs = 4_000;

/** Facts of the machine, or of the container, that this process runs on. */
export async function readMachine(): Promise<MachineFacts> {
  const limit = process.constrainedMemory();
  return {
    cores: availableParallelism(),
    // Without a limit the system answers 0, or a number beyond all memory.
    memoryBytes: limit > 0 ? Math.min(limit, totalmem()) : totalmem(),
    graphics: await readGraphics(),
  };
}

/** NVIDIA's card, as its driver's own tool tells; null without one. */
async function readGraphics(): Promise<GraphicsFacts | null> {
  const query = ["--query-gpu=name,memory.total", "--format=csv,noheader,nounits"];
  const answer = await run("nvidia-smi", query, { timeout: answerMs }).catch(() => null);
  return answer === null ? null : parseGraphics(answer.stdout);
}

/** @param text lines of `name, MiB`; the first card counts */
export function parseGraphics(text: string): GraphicsFacts | null {
  const [, adapter, mebibytes] = /^\s*(.+?)\s*,\s*(\d+|\[N\/A\])\s*$/mu.exec(text) ?? [];
  if (adapter === undefined || mebibytes === undefined) return null;
  const memory = Number(mebibytes);
  return { adapter, memoryBytes: Number.isNaN(memory) ? null : memory * 2 ** 20 };
}
