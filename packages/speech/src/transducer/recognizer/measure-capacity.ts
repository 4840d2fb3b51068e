import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { Clock } from "@parley/shared/async/clock";
import type { RecognizerStream } from "../../contracts/recognizer";
import { fastestRound } from "../../recognition/fastest-round";

export type CapacityMeasurement = {
  clock: Clock;
  /** Sound in one step, in milliseconds. */
  stepMs: number;
  /** Number of streams to measure with. */
  batch: number;
  open: () => Promise<RecognizerStream>;
};

/** Share of the device's time for recognition: the rest is for voices, sockets and the system. */
const deviceShare = 0.8;
/** Lower bound, so that a machine that was busy at the start does not refuse speakers for good. */
const leastCapacity = 4;

/**
 * Measures how many streams the device follows in real time: a few streams are fed silence step by
 * step, and the fastest step counts. Warms the model up at the same time.
 *
 * @returns streams, at least four
 */
export async function measureCapacity(measurement: CapacityMeasurement): Promise<number> {
  const { clock, stepMs, batch, open } = measurement;
  const streams = await Promise.all(Array.from({ length: batch }, open));
  try {
    const step = new Int16Array(stepMs * speechSamplesPerMs);
    // Two steps complete the first chunk, however wide the look-ahead.
    for (let index = 0; index < 2; index++) await writeAll(streams, step);
    const fastestMs = await fastestRound(() => writeAll(streams, step), clock);
    await streams[0]?.finish();
    return Math.max(leastCapacity, Math.floor((deviceShare * stepMs * batch) / fastestMs));
  } finally {
    for (const stream of streams) stream.close();
  }
}

async function writeAll(streams: readonly RecognizerStream[], step: Int16Array): Promise<void> {
  await Promise.all(streams.map((stream) => stream.write(step)));
}
