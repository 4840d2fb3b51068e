import { setTimeout as delay } from "node:timers/promises";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import { cpuMs } from "../../asr/engines/process-usage";
import { frameMs, frameSamples } from "../hearing/frames";
import type { PartialsAnswer } from "./ear-calls";

/** A multiple of every ear's step, and of a frame. */
const stepMs = 320;
const stepFrames = stepMs / frameMs;

/**
 * Writes recordings at the pace of speech, and counts the processor time of every whole step. The
 * clock would not tell: an ear may answer a write before it has the words.
 */
export async function measurePartials(
  recognizer: Recognizer,
  recordings: readonly Int16Array[],
): Promise<PartialsAnswer> {
  const costMs: number[] = [];
  for (const samples of recordings) {
    const stream = await recognizer.open();
    const startMs = performance.now();
    let spentMs = cpuMs();
    for (let frame = 1; frame * frameSamples <= samples.length; frame++) {
      await delay(Math.max(0, startMs + frame * frameMs - performance.now()));
      void stream.write(samples.subarray((frame - 1) * frameSamples, frame * frameSamples));
      if (frame % stepFrames !== 0) continue;
      costMs.push(cpuMs() - spentMs);
      spentMs = cpuMs();
    }
    // Waits for the writes.
    await stream.reset();
    stream.close();
  }
  return { costMs, stepMs };
}
