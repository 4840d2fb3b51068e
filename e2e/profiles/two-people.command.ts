/**
 * Two people in one room of a Parley that runs already, in two browsers: `two-people.command.ts ADDRESS
 * [ADDRESS]`, by which each comes in. Ends with an error when either misses what the other is answered.
 */
import { expect } from "@playwright/test";
import { launchBrowser } from "../support/browser";
import { RoomPage } from "../support/room-page";
import { sumOf } from "../support/sums";

const [address, other = address] = process.argv.slice(2);
if (address === undefined) throw new Error("which address?");
const slow = { timeout: 60_000 };
const browsers = [await launchBrowser(null), await launchBrowser(null)];
try {
  const [ada, bea] = await Promise.all(
    browsers.map(async (browser) => {
      const context = await browser.newContext({ baseURL: address });
      return new RoomPage(await context.newPage());
    }),
  );
  if (ada === undefined || bea === undefined) throw new TypeError("two browsers are needed");
  await ada.createAndJoin("Ada");
  const { pathname } = new URL(ada.page.url());
  await bea.openAndJoin(new URL(pathname, other).href, "Bea");
  for (const [at, who] of [ada, bea, ada, bea].entries()) {
    const { question, answer } = sumOf(at + 1);
    await who.type(question);
    for (const reader of [ada, bea]) {
      await expect(reader.finalLines("Parley").filter({ hasText: answer })).not.toHaveCount(
        0,
        slow,
      );
    }
  }
  console.log("  Two people are in one room, and read each other's answers.");
} finally {
  await Promise.all(browsers.map((browser) => browser.close()));
}
