import type { Clock } from "@parley/shared/async/clock";
import type { RecognizerStream } from "../../contracts/recognizer";
import { samplesPerMs } from "../frame-rates";

export type CapacityMeasurement = {
  clock: Clock;
  /** Sound that a step takes, in milliseconds. */
  stepMs: number;
  /** Streams to try at once. */
  batch: number;
  open: () => Promise<RecognizerStream>;
};

/** The part of the device's time that listening may take: the rest is for what else happens. */
const share = 0.8;
/** A machine that was busy at the start shall not shut the door for good. */
const leastCapacity = 4;
const rounds = 3;

/**
 * Finds how many streams in real time the device carries: a few streams hear silence step by step,
 * and the fastest step tells. Warms the model up on the way.
 *
 * @returns streams, at least four
 */
export async function measureCapacity(measurement: CapacityMeasurement): Promise<number> {
  const { clock, stepMs, batch, open } = measurement;
  const streams = await Promise.all(Array.from({ length: batch }, open));
  try {
    const step = new Int16Array(stepMs * samplesPerMs);
    // The first two complete the first chunk, however wide the look-ahead.
    for (let index = 0; index < 2; index++) await writeAll(streams, step);
    let fastestMs = Infinity;
    for (let round = 0; round < rounds; round++) {
      const startMs = clock.now();
      await writeAll(streams, step);
      fastestMs = Math.min(fastestMs, clock.now() - startMs);
    }
    await streams[0]?.finish();
    return Math.max(leastCapacity, Math.floor((share * stepMs * batch) / fastestMs));
  } finally {
    for (const stream of streams) stream.close();
  }
}

async function writeAll(streams: readonly RecognizerStream[], step: Int16Array): Promise<void> {
  await Promise.all(streams.map((stream) => stream.write(step)));
}
