import { joinSamples } from "@parley/audio/join-samples";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, type Browser, type Page } from "@playwright/test";
import { installAudioProbe } from "./audio-probe";
import { launchBrowser } from "./browser";
import { installConnectionProbe } from "./connection-probe";
import { RoomPage } from "./room-page";
import { silence, Speech, writeWav } from "./speech";

/** What a microphone gives: pauses in ms, and words in a voice. */
export type MicrophoneScript = (number | { say: string; voice: string })[];

type Talk = {
  /** Opens a browser whose microphone plays the script (null: silence) and probes its sound. */
  talker: (script: MicrophoneScript | null) => Promise<RoomPage>;
};

/** Playwright's `test` with speech: `speech` makes and judges sound, `talker` opens browsers. */
export const test = base.extend<Talk, { speech: Speech }>({
  speech: [
    // Playwright reads a fixture's needs from this pattern; this one has none.
    async ({}, use) => {
      const controller = new AbortController();
      const speech = await Speech.open(controller.signal);
      await use(speech);
      controller.abort();
      await speech.close();
    },
    { scope: "worker" },
  ],

  talker: async ({ speech, baseURL }, use, testInfo) => {
    const folder = mkdtempSync(join(tmpdir(), "parley-microphone-"));
    const browsers: Browser[] = [];
    const pages: Page[] = [];
    const signal = new AbortController().signal;
    await use(async (script) => {
      let wav: string | null = null;
      if (script !== null) {
        const pieces: Int16Array[] = [];
        for (const step of script) {
          pieces.push(
            typeof step === "number"
              ? silence(step)
              : await speech.say(step.say, step.voice, signal),
          );
        }
        wav = writeWav(folder, `microphone-${browsers.length}`, joinSamples(pieces));
      }
      const browser = await launchBrowser(wav);
      browsers.push(browser);
      const context = await browser.newContext({ ...(baseURL === undefined ? {} : { baseURL }) });
      const page = await context.newPage();
      await installAudioProbe(page);
      await installConnectionProbe(page);
      pages.push(page);
      return new RoomPage(page);
    });
    if (testInfo.status !== testInfo.expectedStatus) {
      for (const [index, page] of pages.entries()) {
        if (page.isClosed()) continue;
        const path = testInfo.outputPath(`page-${index}.png`);
        await page.screenshot({ path }).catch(() => undefined);
      }
    }
    await Promise.all(browsers.map((browser) => browser.close()));
    rmSync(folder, { recursive: true, force: true });
  },
});

export { expect } from "@playwright/test";
