import type { Precision } from "@parley/nemo-onnx/quantization/precision";
import { percentile, round } from "../../support/percentiles";
import { processEntry, type SideProcess } from "../../support/side-process";
import type { EarCalls } from "../processes/ear-calls";
import { graphicsMemory } from "./graphics-memory";
import { withProcess, type Part, type PartContext } from "./part";

export type EarPartOptions = {
  precision: Precision;
  chunkMs: number;
  limitSeconds: number;
  /** Most streams in a run; that of the product unless given. */
  maxBatch?: number;
};

const productMaxBatch = 32;
/** Encoder caches that the product keeps at most. */
const mostStreams = 1_024;

/** How the recogniser's time grows with its batch, and how many streams it follows. */
export function earPart({
  precision,
  chunkMs,
  limitSeconds,
  maxBatch = productMaxBatch,
}: EarPartOptions): Part {
  const batches = maxBatch === productMaxBatch ? "" : ` batches to ${maxBatch}`;
  return {
    name: `ear ${precision} ${chunkMs} ms${batches}`,
    limitSeconds,
    async run(context) {
      const { settings, models, signal, note } = context;
      const directory = await models.ear(precision);
      const file = processEntry(import.meta.url, "../processes/ear.process.ts");
      await withProcess<EarCalls>(file, context, async (child) => {
        const { provider } = settings;
        const request = { directory, provider, chunkMs, maxBatch };
        const loaded = await child.call("load", request, { signal });
        note(`loaded and warm after ${round(loaded.loadMs / 1_000)} s`);
        if (loaded.runsOn !== provider) {
          note(`not measured: it runs on ${loaded.runsOn}: ${loaded.remarks.join("; ")}`);
          return;
        }
        const perSecond = await measureCurve(child, context, { chunkMs, maxBatch });
        await findCapacity(child, context, { chunkMs, expected: (perSecond * chunkMs) / 1_000 });
      });
    },
  };
}

type Child = SideProcess<EarCalls>;

/** @returns chunks a second at the largest batch */
async function measureCurve(
  child: Child,
  { settings, signal, row }: PartContext,
  { chunkMs, maxBatch }: { chunkMs: number; maxBatch: number },
): Promise<number> {
  const isSmall = settings.scale === "small";
  const sizes = isSmall ? [1, 2] : [1, 2, 4, 8, 16, 32, 64, 128].filter((size) => size <= maxBatch);
  let perSecond = 0;
  for (const streams of sizes) {
    // The first round opens the graphs that put this many streams together.
    await child.call("rush", { streams, chunks: 2 }, { signal });
    const chunks = isSmall ? 2 : streams < 16 ? 8 : 4;
    const { wallMs, largestBatch, bus } = await child.call("rush", { streams, chunks }, { signal });
    perSecond = Math.max(perSecond, (streams * chunks * 1_000) / wallMs);
    row({
      streams,
      "largest batch": largestBatch,
      "ms a step": round(wallMs / chunks),
      "ms a stream": Math.round((1_000 * wallMs) / chunks / streams) / 1_000,
      "times real time": round((streams * chunks * chunkMs) / wallMs),
      "kB up a chunk": round(bus.up / streams / chunks / 1_000),
      "kB down a chunk": round(bus.down / streams / chunks / 1_000),
      "MiB of card": await graphicsMemory(),
    });
  }
  return perSecond;
}

/**
 * Looks for the number of streams whose chunks are worked off before the next is due, 95 of 100, in
 * the few steps that the time allows.
 */
async function findCapacity(
  child: Child,
  { settings, signal, row }: PartContext,
  { chunkMs, expected }: { chunkMs: number; expected: number },
): Promise<void> {
  const isSmall = settings.scale === "small";
  const most = isSmall ? 2 : mostStreams;
  const seconds = isSmall ? 1 : Math.max(3, (8 * chunkMs) / 1_000);
  let good = 0;
  let bad = most + 1;
  for (let streams = within(0.7 * expected, most); bad - good > good / 12 && good < most;) {
    const { latencyMs } = await child.call("pace", { streams, seconds }, { signal });
    const p95 = percentile(latencyMs, 0.95);
    const isFollowed = p95 <= chunkMs;
    row({
      streams,
      "in real time": isFollowed ? "yes" : "no",
      "p50 ms": round(percentile(latencyMs, 0.5)),
      "p95 ms": round(p95),
      "MiB of card": await graphicsMemory(),
    });
    if (isFollowed) good = streams;
    else bad = streams;
    if (bad <= 1 || isSmall) return;
    const next = bad > most ? good * 1.4 : (good + bad) / 2;
    streams = within(next, most);
  }
}

function within(streams: number, most: number): number {
  return Math.min(most, Math.max(1, Math.round(streams)));
}
