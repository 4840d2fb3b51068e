import type { EngineCalls } from "../asr/engines/engine-calls";
import { round } from "../support/percentiles";
import { openProcess } from "../support/side-process";

export type Speed = {
  /** Processor time for sound: of one core, in per cent, when one stream runs. */
  corePercent: number;
  /** The same for each of eight streams that share runs. */
  corePercentOfEight: number;
  loadMs: number;
  /** Of the process with the model loaded, and of each stream more. */
  residentMiB: number;
  streamMiB: number;
};

const mebibyte = 2 ** 20;
const seconds = 60;
const streams = 64;

/** Recognises speech on one thread, in a process of its own. @param speech half a minute or more */
export async function measureSpeed(directory: string, speech: Int16Array): Promise<Speed> {
  const file = new URL("../asr/engines/parley.process.ts", import.meta.url);
  const child = await openProcess<EngineCalls>(file, { flags: ["--expose-gc"] });
  try {
    const loaded = await child.call("load", { directory, threads: 1, chunkMs: 160, speech });
    // Warm-up of compilers and allocators.
    await child.call("rush", { streams: 8, seconds: seconds / 4 });
    const one = await child.call("rush", { streams: 1, seconds });
    const eight = await child.call("rush", { streams: 8, seconds });
    const { bytes } = await child.call("memory", { streams });
    return {
      corePercent: percentOf(one.cpuMs, seconds),
      corePercentOfEight: percentOf(eight.cpuMs, 8 * seconds),
      loadMs: round(loaded.loadMs),
      residentMiB: round(loaded.residentBytes / mebibyte),
      streamMiB: Math.round((100 * bytes) / mebibyte / streams) / 100,
    };
  } finally {
    await child.close();
  }
}

function percentOf(cpuMs: number, soundSeconds: number): number {
  return Math.round((100 * 100 * cpuMs) / (soundSeconds * 1_000)) / 100;
}
