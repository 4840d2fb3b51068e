import { joinSamples } from "@parley/audio/join-samples";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { launchBrowser } from "../../e2e/support/browser";
import { RoomPage } from "../../e2e/support/room-page";
import { silence, Speech, writeWav } from "../../e2e/support/speech";
import { loadOf, type PageLoad } from "./renderer-load";

/** Fonts, the first connection and the greeting are over by then. */
const settlingMs = 6_000;
const spanMs = 10_000;

export type RestFigures = {
  lobby: PageLoad;
  mutedRoom: PageLoad;
  agentSpeaking: PageLoad;
  personSpeaking: PageLoad;
};

/** What the page costs while nothing happens, and while the agent or a person speaks. */
export async function measureRest(address: string): Promise<RestFigures> {
  const folder = mkdtempSync(join(tmpdir(), "parley-page-rest-"));
  try {
    const quiet = await measureQuiet(address, writeWav(folder, "silence", silence(1_000)));
    return { ...quiet, personSpeaking: await measureTalker(address, await writeMonologue(folder)) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureQuiet(
  address: string,
  wav: string,
): Promise<Omit<RestFigures, "personSpeaking">> {
  // Chromium's fake microphone beeps unless it is given something to play.
  const browser = await launchBrowser(wav, { loop: true });
  try {
    const page = await (await browser.newContext({ baseURL: address })).newPage();
    await page.goto("/");
    await page.waitForTimeout(settlingMs);
    const lobby = await loadOf(browser, page, spanMs);
    const room = new RoomPage(page);
    await room.createAndJoin("Robin");
    await room.button("Mute").click();
    await room.expectState("listening");
    await page.waitForTimeout(settlingMs);
    const mutedRoom = await loadOf(browser, page, spanMs);
    await room.type("tell me a story of thirty sentences");
    await room.expectState("speaking");
    const agentSpeaking = await loadOf(browser, page, spanMs);
    return { lobby, mutedRoom, agentSpeaking };
  } finally {
    await browser.close();
  }
}

async function measureTalker(address: string, wav: string): Promise<PageLoad> {
  const browser = await launchBrowser(wav, { loop: true });
  try {
    const page = await (await browser.newContext({ baseURL: address })).newPage();
    await new RoomPage(page).createAndJoin("Sharon");
    await page.waitForTimeout(settlingMs);
    return await loadOf(browser, page, spanMs);
  } finally {
    await browser.close();
  }
}

/** Speech without a pause long enough for the agent to answer. */
async function writeMonologue(folder: string): Promise<string> {
  const signal = AbortSignal.timeout(60_000);
  const speech = await Speech.open(signal);
  try {
    const text = "i have a flight at twelve o'clock in the evening and";
    const sentence = await speech.say(text, "rms", signal);
    return writeWav(folder, "monologue", joinSamples([sentence, sentence]));
  } finally {
    await speech.close();
  }
}
