import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { joinSamples } from "@parley/audio/join-samples";
import { writeWave } from "@parley/audio/wave/write-wave";
import { speechRate } from "@parley/shared/audio/speech-rate";
import { launchBrowser } from "./support/browser";
import { RoomPage } from "./support/room-page";
import { silence } from "./support/speech";
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
function writeStereo48k(path: string, samples: Int16Array): void {
  const stereo = new Int16Array(samples.length * 6).map((_, at) => {
    const frame = at >> 1;
    const before = Math.floor(frame / 3);
    const share = (frame % 3) / 3;
    return Math.round((samples[before] ?? 0) * (1 - share) + (samples[before + 1] ?? 0) * share);
  });
  writeFileSync(path, writeWave({ sampleRate: speechRate * 3, channels: 2, samples: stereo }));
}

test("silence and noise are not words; stereo at 48 kHz is", async ({ speech, baseURL }) => {
  const folder = mkdtempSync(join(tmpdir(), "parley-noise-"));
  const question = "what day is tomorrow";
  const words = await speech.say(question, "rms", AbortSignal.timeout(10_000));
  const joined = joinSamples([
    silence(8_000),
    noise(4_000, 3_000),
    silence(4_000),
    words,
    silence(30_000),
  ]);
  const path = join(folder, "microphone.wav");
  writeStereo48k(path, joined);
  const browser = await launchBrowser(path);
  try {
    const page = await (await browser.newContext({ baseURL: baseURL ?? "" })).newPage();
    const room = new RoomPage(page);
    await room.createAndJoin("Uma");
    await expect(room.finalLines("Uma")).toHaveCount(1, { timeout: 40_000 });
    const heard = await room.words(room.finalLines("Uma"));
    // "tomorrow" may come out as two words: the ear is small.
    expect(wordErrorRate(question, heard)).toBeLessThanOrEqual(0.5);
  } finally {
    await browser.close();
    rmSync(folder, { recursive: true, force: true });
  }
});
