import { setTimeout as delay } from "node:timers/promises";
import { watchMachine } from "../../support/machine-load";
import { openProcess } from "../../support/side-process";
import { printTable } from "../../support/table";
import { onePlace, type LatencySummary } from "../latency-summary";
import type { SenderCalls } from "../microphones/sender.process";
import type { InferenceCalls } from "./inference.process";
import type { MainThreadCalls } from "./main-thread.process";

const rooms = 10;
const warmUpMs = 3_000;
const windowMs = 10_000;

/** Of every frame, under load. */
export const pacerGoalP99Ms = 10;

type PacerLoad = { name: string; isBlocked: boolean; taps: number };

const loads: readonly PacerLoad[] = [
  { name: "pacers alone", isBlocked: false, taps: 0 },
  { name: "main thread blocked", isBlocked: true, taps: 0 },
  { name: "main thread blocked, 50 taps", isBlocked: true, taps: 50 },
];

export type Pacing = { lateness: LatencySummary; driftMs: number | null; skipped: number | null };

/** One load. CPU in percent of one core. */
export type PacerMeasurement = {
  load: string;
  rooms: number;
  product: Pacing;
  setInterval: Pacing;
  absoluteSetTimeout: Pacing;
  mediaThreadPercent: number;
  processPercent: number;
  machinePercent: number;
};

async function measure(
  load: PacerLoad,
  sound: { packets: Uint8Array[]; samples: Int16Array },
): Promise<PacerMeasurement> {
  const here = (file: string) => new URL(file, import.meta.url);
  const server = await openProcess<MainThreadCalls>(here("main-thread.process.ts"));
  const inference = await openProcess<InferenceCalls>(here("inference.process.ts"));
  const sender = await openProcess<SenderCalls>(here("../microphones/sender.process.ts"));
  try {
    const inferenceUrls = await inference.call("open", { agents: rooms });
    const microphones = await server.call("open", { inferenceUrls, taps: load.taps });
    await inference.call("speak", { samples: sound.samples });
    if (microphones.length > 0) {
      await sender.call("start", { microphones, packets: sound.packets });
    }
    await delay(warmUpMs);
    const machine = watchMachine();
    await server.call("begin", { isBlocked: load.isBlocked });
    await delay(windowMs);
    const window = await server.call("end", undefined);
    const { busyPercent, wallMs } = machine();
    const peer = ({ lateness, drift }: (typeof window)["setInterval"]): Pacing => ({
      lateness,
      driftMs: onePlace(drift),
      skipped: null,
    });
    return {
      load: load.name,
      rooms,
      product: { lateness: window.media.lateness, driftMs: null, skipped: window.media.skipped },
      setInterval: peer(window.setInterval),
      absoluteSetTimeout: peer(window.absoluteSetTimeout),
      mediaThreadPercent: onePlace(window.media.loopPercent),
      processPercent: onePlace((100 * window.processCpuMs) / wallMs),
      machinePercent: onePlace(busyPercent),
    };
  } finally {
    await server.call("close", undefined).catch(() => undefined);
    await inference.call("stop", undefined).catch(() => undefined);
    await Promise.all([server.close(), inference.close(), sender.close()]);
  }
}

/** Part 2: voices of ten rooms on the media thread, and two peers on the main thread. */
export async function measurePacer(sound: {
  packets: Uint8Array[];
  samples: Int16Array;
}): Promise<PacerMeasurement[]> {
  const measurements: PacerMeasurement[] = [];
  for (const load of loads) {
    console.log(`  ${rooms} rooms, ${load.name}, ${windowMs / 1_000} s`);
    measurements.push(await measure(load, sound));
  }
  return measurements;
}

export function printPacer(measurements: readonly PacerMeasurement[]): void {
  console.log("");
  printTable(
    ["load", "pacing", "frames", "p50 ms", "p99 ms", "max ms", "drift ms", "skipped"],
    measurements.flatMap((measurement) =>
      (
        [
          ["media thread", measurement.product],
          ["absolute setTimeout, main thread", measurement.absoluteSetTimeout],
          ["setInterval, main thread", measurement.setInterval],
        ] as const
      ).map(([name, { lateness, driftMs, skipped }]) => [
        measurement.load,
        name,
        lateness.count,
        lateness.p50,
        lateness.p99,
        lateness.max,
        driftMs ?? "-",
        skipped ?? "-",
      ]),
    ),
  );
  console.log("");
  printTable(
    ["load", "media thread %", "process %", "machine %"],
    measurements.map(({ load, mediaThreadPercent, processPercent, machinePercent }) => [
      load,
      mediaThreadPercent,
      processPercent,
      machinePercent,
    ]),
  );
}
