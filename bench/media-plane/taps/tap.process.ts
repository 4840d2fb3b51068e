import { performance } from "node:perf_hooks";
import type { MemberId } from "@parley/shared/protocol/ids";
import { serveProcess } from "@parley/threads/server/serve-process";
import { summarise } from "../latency-summary";
import { monotonicMs } from "../monotonic-clock";
import { MicrophoneField, type FieldRoom } from "../microphones/microphone-field";
import type { MicrophoneAddress } from "../microphones/sender.process";
import { readSequence, readStamp } from "../microphones/stamped-packet";
import { StreamWatch } from "../microphones/stream-watch";

/** `decoded` is the product's tap; `bare` only receives the same packets. */
export type TapMode = "decoded" | "bare";

const microphonesPerRoom = 5;

type Microphone = { memberId: MemberId; mode: TapMode; watch: StreamWatch };

let field: MicrophoneField | null = null;
const microphones = new Map<string, Microphone>();
let latenciesMs: number[] = [];
let strayFrames = 0;
/** Send time of the current packet until its frame comes out, per microphone. */
const stampsMs = new Map<MemberId, number>();
let lostBefore = 0;
let before = { wallMs: 0, cpu: process.cpuUsage(), workerMs: 0, loop: loopUtilization() };

function loopUtilization() {
  return performance.eventLoopUtilization();
}

function countLost(): number {
  return [...microphones.values()].reduce((sum, { watch }) => sum + watch.lost, 0);
}

function takeFrame(memberId: MemberId): void {
  const sentMs = stampsMs.get(memberId);
  if (sentMs === undefined) {
    // Silence, or what the jitter buffer held back: no packet of its own.
    strayFrames += 1;
    return;
  }
  stampsMs.delete(memberId);
  latenciesMs.push(monotonicMs() - sentMs);
}

function watchPacket(microphone: Microphone, packet: Buffer): void {
  const sentMs = readStamp(packet);
  if (sentMs === null) return;
  microphone.watch.see(readSequence(packet));
  if (microphone.mode === "bare") latenciesMs.push(monotonicMs() - sentMs);
  else stampsMs.set(microphone.memberId, sentMs);
}

async function listenBare({ router }: FieldRoom): Promise<(producerId: string) => Promise<void>> {
  const direct = await router.createDirectTransport();
  return async (producerId) => {
    const { rtpCapabilities } = router;
    const consumer = await direct.consume({ producerId, rtpCapabilities, paused: true });
    await consumer.resume();
  };
}

async function open(request: { count: number; mode: TapMode }): Promise<MicrophoneAddress[]> {
  const { count, mode } = request;
  const opened = await MicrophoneField.open();
  field = opened;
  const addresses: MicrophoneAddress[] = [];
  while (addresses.length < count) {
    const fieldRoom = await opened.openRoom({
      onFrame: takeFrame,
      onPacket: (producerId, packet) => {
        const microphone = microphones.get(producerId);
        if (microphone !== undefined) watchPacket(microphone, packet);
      },
    });
    const bare = mode === "bare" ? await listenBare(fieldRoom) : null;
    for (let seat = 0; seat < microphonesPerRoom && addresses.length < count; seat++) {
      const { port, ssrc, memberId, producerId } = await opened.addMicrophone(fieldRoom);
      microphones.set(producerId, { memberId, mode, watch: new StreamWatch() });
      await (bare?.(producerId) ?? fieldRoom.room.tapProducer(memberId, producerId));
      addresses.push({ port, ssrc });
    }
  }
  return addresses;
}

/** Begins a window of measuring. */
async function begin(): Promise<void> {
  const workerMs = (await field?.workerCpuMs()) ?? 0;
  latenciesMs = [];
  strayFrames = 0;
  lostBefore = countLost();
  before = { wallMs: monotonicMs(), cpu: process.cpuUsage(), workerMs, loop: loopUtilization() };
}

/** Ends the window. CPU in percent of one core, latencies in ms. */
async function end() {
  const wallMs = monotonicMs() - before.wallMs;
  const cpu = process.cpuUsage(before.cpu);
  const loop = performance.eventLoopUtilization(before.loop);
  const latency = summarise(latenciesMs);
  const frames = latenciesMs.length;
  const lost = countLost() - lostBefore;
  const workerMs = ((await field?.workerCpuMs()) ?? 0) - before.workerMs;
  return {
    wallMs,
    latency,
    frames,
    lost,
    strayFrames,
    nodePercent: (cpu.user + cpu.system) / wallMs / 10,
    loopPercent: 100 * loop.utilization,
    workerPercent: (100 * workerMs) / wallMs,
  };
}

function close(): void {
  field?.close();
}

const calls = { open, begin, end, close };
export type TapCalls = typeof calls;
export type TapWindow = Awaited<ReturnType<typeof end>>;

await serveProcess<typeof calls>(() => ({ calls }));
