import type { Page } from "@playwright/test";
import { audibleLevel, installAudioProbe, probedAudio } from "../../e2e/support/audio-probe";
import { launchBrowser } from "../../e2e/support/browser";
import { installEventProbe, receivedTimings } from "../../e2e/support/event-probe";
import { keepBrowsersBelow } from "../support/foreign-browser";
import { RoomPage } from "../../e2e/support/room-page";
import { pairExchanges, soundSpans, type Exchange } from "./exchanges";

/** What a person in Chromium said, and what came back. */
export type Talk = {
  spoken: number;
  exchanges: Exchange[];
  unanswered: number;
  /** The transcript, as the page shows it. */
  lines: string[];
};

/** What is recorded after the last word: the answer to it. */
const afterwardsMs = 5_000;

/**
 * Lets a person join a room of a running Parley and say a recording.
 *
 * @param recording a WAV for the microphone, and its length in ms
 */
export async function talk(
  address: string,
  recording: { wav: string; lengthMs: number },
): Promise<Talk> {
  const browser = await launchBrowser(recording.wav);
  const endPriority = keepBrowsersBelow();
  try {
    const context = await browser.newContext({ baseURL: address });
    const page = await context.newPage();
    await installAudioProbe(page);
    await installEventProbe(page);
    const room = new RoomPage(page);
    await room.createAndJoin("Sharon");
    await page.waitForTimeout(recording.lengthMs - afterwardsMs);
    const lines = await room.transcript.locator("li").allInnerTexts();
    return { ...(await heardBy(page)), lines: lines.map((line) => line.replaceAll(/\s+/g, " ")) };
  } finally {
    endPriority();
    await browser.close();
  }
}

async function heardBy(page: Page): Promise<Omit<Talk, "lines">> {
  const spoken = soundSpans((await probedAudio(page, "microphone")).chunks, 0.01, 2_500);
  const replies = soundSpans((await probedAudio(page, "agent")).chunks, audibleLevel, 200);
  const paired = pairExchanges(spoken, replies, await receivedTimings(page));
  return { spoken: spoken.length, ...paired };
}
