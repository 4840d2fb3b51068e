import { setTimeout as delay } from "node:timers/promises";
import { roomEventSchema } from "@parley/shared/protocol/room-event";
import type { Page } from "@playwright/test";
import { settledLines } from "../../../e2e/fleet/room-watch";
import { atLeast, atMost, type Scene } from "../scene";

const messages = 95;
const withinMs = 20_000;
/** A minute's budget of one member, and the one that was under way. */
const repliesGranted = 13;

/** Somebody who types without a pause. */
export const typedMessages: Scene = {
  name: "typed-messages",
  about: "95 typed questions in 20 s, by one member",
  async run({ talker, page }) {
    const linesBefore = (await settledLines(page)).length;
    const repliesBefore = await repliesBegun(page);
    const startMs = performance.now();
    for (let message = 0; message < messages; message++) {
      const dueMs = startMs + (message * withinMs) / messages;
      await delay(Math.max(0, dueMs - performance.now()));
      await talker.type(`what is ${message} plus 1`);
    }
    const tookMs = performance.now() - startMs;
    await delay(2_000);
    const lines = (await settledLines(page)).slice(linesBefore);
    const typed = lines.filter(({ kind }) => kind === "message").length;
    return {
      expectations: [
        atMost("replies", (await repliesBegun(page)) - repliesBefore, repliesGranted),
        atLeast("messages in the transcript", typed, messages),
        atMost("the typing takes", tookMs, 1.2 * withinMs, " ms"),
      ],
    };
  },
};

async function repliesBegun(page: Page): Promise<number> {
  const events = await page.evaluate(() => globalThis.parleyEvents ?? []);
  return events.filter(
    ({ data }) => roomEventSchema.safeParse(JSON.parse(data)).data?.body.type === "reply-start",
  ).length;
}
