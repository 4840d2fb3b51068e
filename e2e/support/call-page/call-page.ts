import { expect, type Page } from "@playwright/test";
import { probedAudio, audibleLevel } from "../audio-probe";

/** An event of the Realtime API, as the page got it. */
export type CallEvent = { type: string; receivedAtMs: number } & Record<string, unknown>;

type PageCall = {
  pc: RTCPeerConnection;
  dc: RTCDataChannel;
  events: CallEvent[];
  status: number;
  location: string | null;
};

declare global {
  // The page keeps its call here.
  var call: PageCall | undefined;
}

/** The page of a call, as a test sees it. */
export class CallPage {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Opens the page, which makes its call. @returns status and place of the answer */
  async open(address: string): Promise<{ status: number; location: string | null }> {
    await this.page.goto(address);
    await this.page.waitForFunction(() => globalThis.call !== undefined, null, { timeout: 30_000 });
    return this.page.evaluate(() => {
      const { status = 0, location = null } = globalThis.call ?? {};
      return { status, location };
    });
  }

  async events(): Promise<CallEvent[]> {
    return this.page.evaluate(() => globalThis.call?.events ?? []);
  }

  async send(event: object): Promise<void> {
    await this.page.evaluate((text) => globalThis.call?.dc.send(text), JSON.stringify(event));
  }

  /** Waits for an event of a type. @param from how many events came before */
  async until(type: string, from = 0): Promise<CallEvent> {
    const find = async () => (await this.events()).slice(from).find((event) => event.type === type);
    await expect.poll(find, { message: type, timeout: 40_000 }).toBeDefined();
    const found = await find();
    if (found === undefined) throw new Error(`${type} is gone`);
    return found;
  }

  /** How much of what the page played between two moments was loud enough to hear. */
  async audibleMs(fromMs: number, toMs: number): Promise<number> {
    const { chunks } = await probedAudio(this.page, "agent");
    const between = chunks.filter(({ atMs }) => atMs >= fromMs && atMs <= toMs);
    return 10 * between.filter(({ level }) => level > audibleLevel).length;
  }
}
