import { setTimeout as delay } from "node:timers/promises";
import { serveProcess } from "@parley/threads/server/serve-process";
import { percentile, round } from "../../support/percentiles";
import { processUsage } from "./process-usage";

/** How often memory is read and each server asked for its health, in ms. */
const everyMs = 100;

/** An answer that takes longer counts as this long. */
const longestMs = 10_000;

/** What is watched, by the names of the parts. */
export type Watched = {
  processes: Record<string, number>;
  health: Record<string, string>;
};

/** One process over a while; memory in MB, processor in percent of one core. */
export type Usage = { firstMB: number; peakMB: number; lastMB: number; processorPercent: number };

/** Answers of `/health` over a while, in ms. */
export type Latency = { count: number; p50: number; max: number };

export type Watch = {
  usage: Record<string, Usage>;
  health: Record<string, Latency>;
  /** How late this process woke up: what the machine's other work adds to every figure. */
  machine: Latency;
};

type Samples = { residentMB: number[]; processorSeconds: number[] };

let watched: Watched = { processes: {}, health: {} };
let samples = new Map<string, Samples>();
let latencies = new Map<string, number[]>();
let lateMs: number[] = [];
let sinceMs = performance.now();

function look(): void {
  for (const [name, id] of Object.entries(watched.processes)) {
    const usage = processUsage(id);
    if (usage === null) continue;
    const of = samples.get(name) ?? { residentMB: [], processorSeconds: [] };
    of.residentMB.push(usage.residentMB);
    of.processorSeconds.push(usage.processorSeconds);
    samples.set(name, of);
  }
}

/** Asks again and again, one request after the other: a server that hangs is asked once. */
async function askForHealth(name: string, url: string): Promise<void> {
  for (;;) {
    const startMs = performance.now();
    await fetch(url, { signal: AbortSignal.timeout(longestMs) })
      .then((answer) => answer.arrayBuffer())
      .catch(() => undefined);
    const passedMs = performance.now() - startMs;
    latencies.set(name, [...(latencies.get(name) ?? []), passedMs]);
    const wakeMs = performance.now() + everyMs;
    await delay(everyMs);
    lateMs.push(performance.now() - wakeMs);
  }
}

function begin(request: Watched): void {
  watched = request;
  setInterval(look, everyMs);
  for (const [name, url] of Object.entries(request.health)) void askForHealth(name, url);
}

/** Everything since the last call. */
function take(): Watch {
  look();
  const seconds = (performance.now() - sinceMs) / 1_000;
  const usage = Object.fromEntries(
    [...samples].map(([name, { residentMB, processorSeconds }]) => {
      const worked = (processorSeconds.at(-1) ?? 0) - (processorSeconds[0] ?? 0);
      return [
        name,
        {
          firstMB: round(residentMB[0] ?? 0),
          peakMB: round(Math.max(...residentMB)),
          lastMB: round(residentMB.at(-1) ?? 0),
          processorPercent: round((100 * worked) / seconds),
        },
      ];
    }),
  );
  const health = Object.fromEntries(
    [...latencies].map(([name, times]) => [name, latencyOf(times)]),
  );
  const machine = latencyOf(lateMs);
  samples = new Map();
  latencies = new Map();
  lateMs = [];
  sinceMs = performance.now();
  look();
  return { usage, health, machine };
}

function latencyOf(times: readonly number[]): Latency {
  return {
    count: times.length,
    p50: round(percentile(times, 0.5)),
    max: round(Math.max(0, ...times)),
  };
}

const calls = { begin, take };
export type WatchCalls = typeof calls;

await serveProcess<typeof calls>(() => ({ calls }));
