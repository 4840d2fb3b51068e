import { waveBytes } from "../apps/inference/src/testing/wave-bytes";
import { joinSamples, silence, speechSampleRate } from "./support/speech";
import { expect, test } from "./support/test";
import { wordErrorRate } from "./support/word-error-rate";

/** White noise at a fixed loudness, the same in every run. */
function noise(ms: number, amplitude: number): Int16Array {
  let state = 1;
  return silence(ms).map(() => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0;
    return Math.round((state / 2 ** 31 - 1) * amplitude);
  });
}

/** The same sound as a stereo file at three times the rate, as many a microphone delivers it. */
function stereo48k(samples: Int16Array): Uint8Array {
  const channel = Array.from({ length: samples.length * 3 }, (_, frame) => {
    const at = Math.floor(frame / 3);
    const share = (frame % 3) / 3;
    return ((samples[at] ?? 0) * (1 - share) + (samples[at + 1] ?? 0) * share) / 32_768;
  });
  return waveBytes({
    coding: "pcm16",
    channels: [channel, channel],
    sampleRate: speechSampleRate * 3,
  });
}

test("silence and noise are not words; stereo at 48 kHz is", async ({ speech, talker }) => {
  const question = "what day is tomorrow";
  const words = await speech.say(question, "rms", AbortSignal.timeout(30_000));
  const room = await talker();
  await room.createAndGreet("Uma");
  await room.play(
    joinSamples([silence(2_000), noise(4_000, 3_000), silence(4_000), words, silence(1_000)]),
    stereo48k,
  );
  // The noise came first: a line of it would be there before that of the words.
  await expect(room.finalLines("Uma")).toHaveCount(1, { timeout: 40_000 });
  const heard = await room.words(room.finalLines("Uma"));
  // "tomorrow" may come out as two words: the ear is small.
  expect(wordErrorRate(question, heard)).toBeLessThanOrEqual(0.5);
});
