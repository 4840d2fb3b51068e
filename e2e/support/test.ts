import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test as base, type Browser, type Page } from "@playwright/test";
import { installAudioProbe } from "./audio-probe";
import { launchBrowser } from "./browser";
import { installConnectionProbe } from "./connection-probe";
import { silence, Speech, writeWav } from "./speech";
import { Talker } from "./talker";

type Talk = {
  /** Opens a browser of its own, for one person; what it plays is probed. */
  talker: () => Promise<Talker>;
  /** More arguments for each browser. */
  browserArguments: readonly string[];
  /** Home of each browser's user; null for that of the tests' own. */
  browserHome: string | null;
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

  browserArguments: [[], { option: true }],
  browserHome: [null, { option: true }],

  talker: async (
    { speech, baseURL, ignoreHTTPSErrors, browserArguments, browserHome: home },
    use,
    testInfo,
  ) => {
    const folder = mkdtempSync(join(tmpdir(), "parley-microphone-"));
    const browsers: Browser[] = [];
    const pages: Page[] = [];
    await use(async () => {
      const microphone = writeWav(folder, `microphone-${browsers.length}`, silence(1_000));
      const browser = await launchBrowser(microphone, { browserArguments, home });
      browsers.push(browser);
      const context = await browser.newContext({
        ...(baseURL === undefined ? {} : { baseURL }),
        ignoreHTTPSErrors,
      });
      const page = await context.newPage();
      await installAudioProbe(page);
      await installConnectionProbe(page);
      pages.push(page);
      return new Talker(page, { speech, microphone });
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
