import { setTimeout as delay } from "node:timers/promises";
import { speechSamplesPerMs } from "@parley/shared/audio/speech-rate";
import type { Recognizer } from "@parley/speech/contracts/recognizer";
import { LoopedSpeech } from "../../asr/engines/looped-speech";
import { frameMs, frameSamples } from "../hearing/frames";

/** Silence that ends speech in a room is written before the words are settled. */
const silentFrames = 6;

/** Speaks at the pace of speech, then settles: from the last frame to the words. */
export async function measureFinals(
  recognizer: Recognizer,
  { speech, lengthMs, times }: { speech: Int16Array; lengthMs: number; times: number },
): Promise<number[]> {
  const stream = await recognizer.open();
  const spent: number[] = [];
  const voicedFrames = lengthMs / frameMs;
  for (let time = 0; time < times; time++) {
    // Another stretch of speech each time.
    const voice = new LoopedSpeech(speech, time * 3_700 * speechSamplesPerMs);
    const startMs = performance.now();
    for (let frame = 0; frame < voicedFrames + silentFrames; frame++) {
      await delay(Math.max(0, startMs + (frame + 1) * frameMs - performance.now()));
      void stream.write(
        frame < voicedFrames ? voice.take(frameSamples) : new Int16Array(frameSamples),
      );
    }
    const endMs = performance.now();
    await stream.peekFinal();
    spent.push(performance.now() - endMs);
    await stream.reset();
  }
  stream.close();
  return spent;
}
