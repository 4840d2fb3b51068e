/**
 * A typed question to a Parley that runs already: `typed-question.command.ts ADDRESS QUESTION ANSWER`. Ends with
 * an error when the answer does not contain that.
 */
import { expect } from "@playwright/test";
import { launchBrowser } from "../support/browser";
import { RoomPage } from "../support/room-page";

const [address, question, answer] = process.argv.slice(2);
if (address === undefined || question === undefined || answer === undefined) {
  throw new Error("which address, question and answer?");
}
const browser = await launchBrowser(null);
try {
  const context = await browser.newContext({ baseURL: address });
  const room = new RoomPage(await context.newPage());
  await room.createAndJoin("Ada");
  await room.type(question);
  await expect(room.finalLines("Parley").filter({ hasText: answer })).not.toHaveCount(0, {
    timeout: 60_000,
  });
  console.log(`  asked "${question}", answered "${answer}"`);
} finally {
  await browser.close();
}
