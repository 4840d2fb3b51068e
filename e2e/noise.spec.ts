import { waveBytes } from "@parley/audio/testing/wave-bytes";
import { joinSamples } from "@parley/audio/join-samples";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { silence } from "./support/speech";
import { expect, test } from "./support/test";

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
    sampleRate: speechRate * 3,
  });
}

test("silence and noise are not words; stereo at 48 kHz is", async ({ speech, talker }) => {
  const question = "what day is tomorrow";
  const words = await speech.say(question, "rms", AbortSignal.timeout(30_000));
  const room = await talker();
  await room.createAndGreet("Uma");
  await room.play(joinSamples([silence(2_000), noise(4_000, 3_000), silence(2_000)]), stereo48k);
  const wordsFromMs = Date.now();
  await room.play(joinSamples([silence(2_000), words, silence(1_500)]), stereo48k);
  // "tomorrow" may come out as two words: the ear is small.
  await room.expectHeard("Uma", question, 0.5);
  // Sound is heard in order: by now there would be a line of the noise, which began before.
  const lines = await room.finalLines("Uma").locator("time").all();
  for (const line of lines) {
    const startedAt = (await line.getAttribute("datetime")) ?? "";
    expect(Date.parse(startedAt)).toBeGreaterThan(wordsFromMs);
  }
});
