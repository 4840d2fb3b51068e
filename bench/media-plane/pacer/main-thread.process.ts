import { systemClock } from "@parley/shared/async/clock";
import { PacingClock } from "@parley/media-server/media/voice/pacing-clock";
import { serveProcess } from "@parley/threads/server/serve-process";
import { launchThread } from "@parley/threads/launch/launch-thread";
import { threadEntry } from "@parley/threads/launch/thread-entry";
import { ThreadClient } from "@parley/threads/thread-client";
import { summarise } from "../latency-summary";
import { blockMs, blockPeriodMs } from "./block-schedule";
import type { MediaLoadCalls } from "./media-load.thread";

const frameMs = 20;

/** A process like the product's: media in a thread of its own, everything else in this one. */
const media = await ThreadClient.open<MediaLoadCalls>({
  name: "media thread",
  launch: launchThread({ entry: threadEntry(import.meta.url, "./media-load.thread.ts") }),
  restart: null,
  silenceLimitMs: null,
});

let isRunning = false;
/** Lateness of each call, in ms. */
let intervalMs: number[] = [];
let absoluteMs: number[] = [];
let stopPeers: () => void = () => undefined;
let cpuBefore = process.cpuUsage();

function block(index: number, startMs: number): void {
  if (!isRunning) return;
  const untilMs = systemClock.now() + blockMs(index);
  while (systemClock.now() < untilMs);
  const nextMs = startMs + (index + 1) * blockPeriodMs;
  systemClock.schedule(Math.max(0, nextMs - systemClock.now()), () => {
    block(index + 1, startMs);
  });
}

/** Two ways to keep time in this thread, with no work at all to do. */
function startPeers(): void {
  const startMs = systemClock.now();
  let calls = 0;
  intervalMs = [];
  const interval = setInterval(() => {
    calls += 1;
    intervalMs.push(systemClock.now() - startMs - calls * frameMs);
  }, frameMs);
  absoluteMs = [];
  const pacing = new PacingClock(systemClock, (index) => {
    absoluteMs.push(systemClock.now() - startMs - index * frameMs);
  });
  pacing.start();
  stopPeers = () => {
    clearInterval(interval);
    pacing.stop();
  };
}

async function begin(request: { isBlocked: boolean }): Promise<void> {
  await media.call("begin", undefined);
  isRunning = true;
  cpuBefore = process.cpuUsage();
  startPeers();
  if (request.isBlocked) block(0, systemClock.now());
}

async function end() {
  isRunning = false;
  stopPeers();
  const cpu = process.cpuUsage(cpuBefore);
  return {
    media: await media.call("end", undefined),
    processCpuMs: (cpu.user + cpu.system) / 1_000,
    setInterval: { lateness: summarise(intervalMs), drift: intervalMs.at(-1) ?? Number.NaN },
    absoluteSetTimeout: { lateness: summarise(absoluteMs), drift: absoluteMs.at(-1) ?? Number.NaN },
  };
}

const calls = {
  open: (request: { inferenceUrls: string[]; taps: number }) => media.call("open", request),
  begin,
  end,
  close: async () => {
    await media.call("close", undefined);
    await media.close();
  },
};
export type MainThreadCalls = typeof calls;

await serveProcess<typeof calls>(() => ({ calls }));
