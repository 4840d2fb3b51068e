import { Worker } from "node:worker_threads";
import { threadEntry } from "@parley/threads/launch/thread-entry";
import type { Json } from "./corpus/json-input";
import type { Finding } from "./fuzz-target";

/** Time without a new input after which the last one counts as one that hangs. */
const hangMs = 30_000;
/** Memory of JavaScript objects that a target may take, in MB. */
const maxHeapMb = 1_024;

type Message = { input: Json } | { result: { tried: number; finding: Finding | null } };

/** Fuzzes a target in a thread of its own; an input that hangs or kills it is a finding, too. */
export function watchedRun(
  name: string,
  options: { seed: number; limitMs: number },
): Promise<{ tried: number; finding: Finding | null }> {
  return new Promise((resolve, reject) => {
    const thread = new Worker(threadEntry(import.meta.url, "./fuzz.thread.ts"), {
      workerData: { name, ...options },
      resourceLimits: { maxOldGenerationSizeMb: maxHeapMb },
    });
    let last: Json = null;
    // Loading the programs may take long on a busy machine, and is no input's fault.
    let lastAtMs: number | null = null;
    let tried = 0;
    const end = (result: { tried: number; finding: Finding | null }) => {
      clearInterval(watch);
      void thread.terminate();
      resolve(result);
    };
    const harm = (reason: string) => {
      end({ tried, finding: { input: last, reason } });
    };
    const watch = setInterval(() => {
      if (lastAtMs !== null && Date.now() - lastAtMs > hangMs)
        harm(`the input took over ${hangMs} ms`);
    }, 1_000);
    thread.on("message", (message: Message) => {
      lastAtMs = Date.now();
      if ("result" in message) {
        end({ tried: Math.max(tried, message.result.tried), finding: message.result.finding });
        return;
      }
      tried += 1;
      last = message.input;
    });
    thread.on("error", (error) => {
      if (lastAtMs === null) {
        clearInterval(watch);
        reject(error);
      } else harm(`the thread ended: ${String(error)}`);
    });
  });
}
