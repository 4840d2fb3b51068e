/**
 * A spoken question to a Parley that runs already, in Chromium: `spoken-question.ts ADDRESS`, with
 * arguments for the browser behind it. Ends with an error when the answer is not the right one or cannot
 * be heard.
 */
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect } from "@playwright/test";
import { AgentSound } from "../support/agent-sound";
import { installAudioProbe } from "../support/audio-probe";
import { launchBrowser } from "../support/browser";
import { silence, Speech, writeWav } from "../support/speech";
import { Talker } from "../support/talker";

const [address, ...browserArguments] = process.argv.slice(2);
if (address === undefined) throw new Error("which address?");
const controller = new AbortController();
const speech = await Speech.open(controller.signal);
const folder = mkdtempSync(join(tmpdir(), "parley-question-"));
const microphone = writeWav(folder, "microphone", silence(1_000));
const browser = await launchBrowser(microphone, { browserArguments });
try {
  const context = await browser.newContext({ baseURL: address });
  const page = await context.newPage();
  await installAudioProbe(page);
  const room = new Talker(page, { speech, microphone });
  await room.createAndGreet("Sharon");
  const sound = await AgentSound.fromNow(page);
  await room.say("what is four times eleven", "rms");
  await expect(room.finalLines("Parley").last()).toContainText(/forty[- ]four|44/i, {
    timeout: 60_000,
  });
  await sound.expectVoice(500);
  console.log(`heard: ${await room.wordsOf("Sharon")}`);
  console.log(`answered: ${await room.words(room.finalLines("Parley").last())}`);
} finally {
  await browser.close();
  controller.abort();
  await speech.close();
  rmSync(folder, { recursive: true, force: true });
}
