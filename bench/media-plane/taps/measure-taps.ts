import { setTimeout as delay } from "node:timers/promises";
import { watchMachine } from "../../support/machine-load";
import { openProcess } from "../../support/side-process";
import { printTable } from "../../support/table";
import { onePlace, type LatencySummary } from "../latency-summary";
import type { SenderCalls } from "../microphones/sender.process";
import { tapCapacity, type TapCapacity } from "./capacity";
import type { TapCalls, TapMode } from "./tap.process";

/** Connections, buffers and compiled code settle in this time. */
const warmUpMs = 2_000;
const windowMs = 6_000;

/** Latency limit in ms: a frame that comes after the next one is due delays the recogniser. */
export const tapLimitMs = 20;

/** One number of taps in one mode. CPU in percent of one core. */
export type TapMeasurement = {
  taps: number;
  mode: TapMode;
  latencyMs: LatencySummary;
  /** Packets that never arrived. */
  lost: number;
  /** Frames without a packet of their own: silence, guesses, and what was held back. */
  strayFrames: number;
  nodePercent: number;
  loopPercent: number;
  /** CPU of the measured process for each packet. */
  nodeMicrosecondsPerPacket: number;
  workerPercent: number;
  senderPercent: number;
  /** CPU of all other processes meanwhile, a lower bound. */
  othersPercent: number;
};

async function measure(
  taps: number,
  mode: TapMode,
  packets: Uint8Array[],
): Promise<TapMeasurement> {
  const receiver = await openProcess<TapCalls>(new URL("tap.process.ts", import.meta.url));
  const sender = await openProcess<SenderCalls>(
    new URL("../microphones/sender.process.ts", import.meta.url),
  );
  try {
    const microphones = await receiver.call("open", { count: taps, mode });
    await sender.call("start", { microphones, packets });
    await delay(warmUpMs);
    const machine = watchMachine();
    const senderBefore = await sender.call("usage", undefined);
    await receiver.call("begin", undefined);
    await delay(windowMs);
    const window = await receiver.call("end", undefined);
    const senderAfter = await sender.call("usage", undefined);
    const load = machine();
    const senderMs =
      (senderAfter.cpu.user +
        senderAfter.cpu.system -
        senderBefore.cpu.user -
        senderBefore.cpu.system) /
      1_000;
    const senderPercent = (100 * senderMs) / load.wallMs;
    const { nodePercent, workerPercent } = window;
    return {
      taps,
      mode,
      latencyMs: window.latency,
      lost: window.lost,
      strayFrames: window.strayFrames,
      nodePercent: onePlace(nodePercent),
      loopPercent: onePlace(window.loopPercent),
      nodeMicrosecondsPerPacket: onePlace((nodePercent * window.wallMs * 10) / window.frames),
      workerPercent: onePlace(workerPercent),
      senderPercent: onePlace(senderPercent),
      othersPercent: onePlace(
        Math.max(0, load.busyPercent - nodePercent - workerPercent - senderPercent),
      ),
    };
  } finally {
    await receiver.call("close", undefined).catch(() => undefined);
    await Promise.all([receiver.close(), sender.close()]);
  }
}

/** Part 1: microphones through a mediasoup worker into the product's taps, and bare. */
export async function measureTaps(
  counts: readonly number[],
  packets: Uint8Array[],
): Promise<{ windows: TapMeasurement[]; limitMs: number; capacity: TapCapacity }> {
  const windows: TapMeasurement[] = [];
  for (const taps of counts) {
    for (const mode of ["bare", "decoded"] as const) {
      console.log(`  ${taps} microphones, ${mode}, ${windowMs / 1_000} s`);
      windows.push(await measure(taps, mode, packets));
    }
  }
  const capacity = tapCapacity(
    windows
      .filter(({ mode }) => mode === "decoded")
      .map(({ taps, latencyMs, nodePercent }) => ({ taps, p99Ms: latencyMs.p99, nodePercent })),
    tapLimitMs,
  );
  return { windows, limitMs: tapLimitMs, capacity };
}

export function printTaps({ windows, capacity }: Awaited<ReturnType<typeof measureTaps>>): void {
  console.log("");
  printTable(
    [
      "taps",
      "mode",
      "p50 ms",
      "p99 ms",
      "max ms",
      "lost",
      "stray",
      "node %",
      "loop %",
      "µs/packet",
      "worker %",
      "sender %",
      "others %",
    ],
    windows.map((window) => [
      window.taps,
      window.mode,
      window.latencyMs.p50,
      window.latencyMs.p99,
      window.latencyMs.max,
      window.lost,
      window.strayFrames,
      window.nodePercent,
      window.loopPercent,
      window.nodeMicrosecondsPerPacket,
      window.workerPercent,
      window.senderPercent,
      window.othersPercent,
    ]),
  );
  console.log(
    `\none core carries ${capacity.isAtLeast ? "at least " : ""}${capacity.measured} taps at p99 < ${tapLimitMs} ms; by CPU alone ${capacity.byCpu}`,
  );
}
