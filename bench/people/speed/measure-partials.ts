import type { Recognizer } from "@parley/speech/contracts/recognizer";
import { cpuMs } from "../../asr/engines/process-usage";
import { frameMs, frameSamples } from "../hearing/frames";
import type { PartialsAnswer } from "./ear-calls";

/** A multiple of every ear's step, and of a frame. */
const stepMs = 320;
const stepFrames = stepMs / frameMs;

/** Writes recordings frame by frame, waiting for each, and times every whole step. */
export async function measurePartials(
  recognizer: Recognizer,
  recordings: readonly Int16Array[],
): Promise<PartialsAnswer> {
  const costMs: number[] = [];
  let soundMs = 0;
  const startCpuMs = cpuMs();
  for (const samples of recordings) {
    const stream = await recognizer.open();
    let spentMs = 0;
    for (let frame = 0; (frame + 1) * frameSamples <= samples.length; frame++) {
      const startMs = performance.now();
      await stream.write(samples.subarray(frame * frameSamples, (frame + 1) * frameSamples));
      spentMs += performance.now() - startMs;
      soundMs += frameMs;
      if ((frame + 1) % stepFrames !== 0) continue;
      costMs.push(spentMs);
      spentMs = 0;
    }
    stream.close();
  }
  return { costMs, stepMs, cpuMs: cpuMs() - startCpuMs, soundMs };
}
